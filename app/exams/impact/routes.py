"""Questions about themselves that applicants may answer, for statistics alone."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.impact import queries, services
from app.exams.impact.forms import VoluntaryForm
from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("impact", __name__)


@bp.route("/my/applications/<id('app'):application_id>/about-you", methods=["GET", "POST"])
@signed_in
def answer(application_id: str) -> ResponseReturnValue:
    """Answer, change or take back what is asked for statistics."""
    actor = current_actor()
    with reading() as session:
        application = queries.get_own_application(session, application_id, actor)
        kept = queries.find_answers(session, application_id)
    form = VoluntaryForm(obj=kept) if kept else VoluntaryForm()

    def change(session: Session) -> str:
        typed = {name: form[name].data or "" for name in ("sex", "background", "disability")}
        return services.answer(session, application_id=application_id, **typed, actor=actor, at=clock.now())

    if form.validate_on_submit() and save(form, change):
        flash(say("Saved. Thank you."), "success")
        return redirect(url_for("recruitment.applications.show", application_id=application_id), 303)
    return render(form=form, application=application)
