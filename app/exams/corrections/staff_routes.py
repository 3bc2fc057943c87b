"""Corrections for the staff: what one moved, and what follows of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.corrections import queries, rules, services
from app.exams.corrections.forms import DecideForm
from app.exams.corrections.states import Consequence
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("corrections", __name__)


@bp.get("/staff/merit-lists/<id('lst'):list_id>/correction")
@requires("exams.corrections.show")
def show(list_id: str) -> ResponseReturnValue:
    """Show what the correction that made a list moved, and what it touches."""
    with reading() as session:
        correction = queries.get_correction(session, list_id, current_actor())
    return render(correction=correction, examination=correction.examination, flag_sentences=rules.sentences)


@bp.route("/staff/correction-flags/<id('cfl'):flag_id>/decide", methods=["GET", "POST"])
@requires("exams.corrections.decide")
def decide(flag_id: str) -> ResponseReturnValue:
    """Decide what follows for a certificate or an appointment."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        flag = queries.get_flag(session, flag_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_flag(
            session,
            flag_id=flag_id,
            consequence=Consequence(form.consequence.data),
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("What follows is recorded.", "success")
        return redirect(url_for("exams.certificates.show", certificate_id=flag.certificate_id), 303)
    return render(
        form=form, flag=flag, examination=flag.correction.examination, told=rules.sentences(flag.effect)
    )
