"""Arranging an examination and releasing admit cards, for the office."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.admit_cards import documents, queries, services
from app.exams.admit_cards.forms import ArrangementForm
from app.exams.admit_cards.routes import bp
from app.exams.examinations.queries import get_examination
from app.exams.sessions.queries import get_session, has_sessions
from app.platform import clock
from app.platform.db import reading, transaction
from app.platform.errors import Conflict
from app.web.access import current_actor, requires
from app.web.pages import act, download, render, save

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
        if has_sessions(session, examination_id):
            return redirect(url_for("exams.sessions.list_staff", examination_id=examination_id))
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


@bp.post("/staff/examinations/<id('exm'):examination_id>/seating/release")
@requires("exams.admit_cards.release_seated")
def release_seated(examination_id: str) -> ResponseReturnValue:
    """Release the admit cards of an examination in sessions."""
    actor = current_actor()
    return act(
        lambda session: services.release_seated(
            session, examination_id=examination_id, actor=actor, at=clock.now()
        ),
        done="The admit cards are released. Every candidate is told by mail.",
        then=url_for("exams.seating.show", examination_id=examination_id),
    )


@bp.get("/staff/sessions/<id('shs'):session_id>/papers")
@requires("exams.admit_cards.list_papers")
def list_papers(session_id: str) -> ResponseReturnValue:
    """Offer the papers of a session to be printed."""
    with reading() as session:
        found = get_session(session, session_id, current_actor(), permission="exams.admit_cards.list_papers")
        cards = queries.list_cards(session, found)
    without = sum(1 for card in cards if not card.photograph)
    return render(row=found, examination=found.examination, cards=cards, without=without)


@bp.get("/staff/sessions/<id('shs'):session_id>/papers/<any(cards, sheet, doors):what>.pdf")
@requires("exams.admit_cards.print_session")
def print_session(session_id: str, what: str) -> ResponseReturnValue:
    """Give the cards, the attendance sheet or the door list of a session; who took it is recorded."""
    with transaction() as session:
        found = services.record_papers(
            session, session_id=session_id, what=what, actor=current_actor(), at=clock.now()
        )
        cards = queries.list_cards(session, found)
    if not cards:
        raise Conflict("Nobody sits in this session.")
    draw = {
        "cards": documents.render_cards,
        "sheet": documents.render_sheet,
        "doors": documents.render_door_list,
    }
    filename = f"{what}-{found.room.centre.code}-{found.room.code}.pdf"
    return download(draw[what](found, cards), filename=filename, media_type="application/pdf")
