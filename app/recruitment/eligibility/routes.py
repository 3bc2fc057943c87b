"""The questions that decide whether a person may apply, answered first."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.platform import clock
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications import standing
from app.recruitment.applications.models import Application
from app.recruitment.drafts import services, steps
from app.recruitment.eligibility import rules
from app.recruitment.eligibility.forms import QuestionsForm
from app.recruitment.profiles import written
from app.web.access import current_actor, signed_in
from app.web.pages import render
from app.web.typed import keeps_typing

bp = Blueprint("eligibility", __name__)
PLACE = "/my/applications/<id('app'):application_id>/eligibility"


@bp.route(PLACE, methods=["GET", "POST"])
@signed_in
@keeps_typing
def answer(application_id: str) -> ResponseReturnValue:
    """Ask the questions; an answer that the law does not admit is explained before anything else."""
    application = steps.get_frame_of(application_id)
    questions = application.posting.questions
    if not questions:
        raise NotFound(say("This vacancy asks no such questions."))
    saved = standing.saved_data(application, "eligibility")
    form = written.fill(QuestionsForm.asking(questions), saved, steps.saved_at(application, "eligibility"))
    if form.validate_on_submit() and written.keep(form, lambda session: _save(session, application, form)):
        if rules.refused(questions, form.values()):
            return redirect(url_for(".explained", application_id=application_id, **steps.keep_origin()), 303)
        return steps.onwards(application, "eligibility", form)
    step = steps.place(application, "eligibility")
    return render(form=form, application=application, section="eligibility", step=step)


def _save(session: Session, application: Application, form: QuestionsForm) -> Application:
    return services.save_section(
        session,
        application_id=application.id,
        section="eligibility",
        data=form.values(),
        is_complete=rules.is_answered(application.posting.questions, form.values()),
        actor=current_actor(),
        at=clock.now(),
        page=form.page,
    )


@bp.get(f"{PLACE}/explained")
@signed_in
def explained(application_id: str) -> ResponseReturnValue:
    """Say what an answer means and which law says so; let the person stop, or go on where they may."""
    application = steps.get_frame_of(application_id)
    answers = standing.saved_data(application, "eligibility")
    questions = application.posting.questions
    refused = rules.refused(questions, answers)
    if not refused:
        return steps.onwards(application, "eligibility")
    return render(
        application=application,
        refused=refused,
        answers=answers,
        is_barred=bool(rules.bars(questions, answers)),
        onwards=steps.onwards(application, "eligibility").location,
        origin=steps.keep_origin(),
        step=steps.place(application, "eligibility"),
    )
