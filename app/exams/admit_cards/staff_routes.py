"""Arranging an examination and releasing admit cards, for the office."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.admit_cards import queries, services
from app.exams.admit_cards.forms import ArrangementForm
from app.exams.admit_cards.routes import bp
from app.exams.examinations.queries import get_examination
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

PLACE = "/staff/examinations/<id('exm'):examination_id>/arrangements"


@bp.route(PLACE, methods=["GET", "POST"])
@requires("exams.admit_cards.arrange")
def arrange(examination_id: str) -> ResponseReturnValue:
    """Set place and times."""
    actor = current_actor()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.admit_cards.arrange")
        arrangement = queries.find_arrangement(session, examination_id)
        candidates = queries.count_candidates(session, examination_id)
    form = ArrangementForm(obj=arrangement, zone=examination.agency.time_zone)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.arrange(
            session, examination_id=examination_id, values=form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("Place and times are saved.", "success")
        return redirect(url_for(".arrange", examination_id=examination_id), 303)
    return render(form=form, examination=examination, arrangement=arrangement, candidates=candidates)


@bp.post(f"{PLACE}/release")
@requires("exams.admit_cards.release")
def release(examination_id: str) -> ResponseReturnValue:
    """Release the admit cards."""
    actor = current_actor()
    return act(
        lambda session: services.release(session, examination_id=examination_id, actor=actor, at=clock.now()),
        done="The admit cards are released. Every candidate is told by mail.",
        then=url_for(".arrange", examination_id=examination_id),
    )
