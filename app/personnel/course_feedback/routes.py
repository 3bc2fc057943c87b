"""The questionnaire after a course, for who attended it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.course_enrolments.queries import get_own
from app.personnel.course_feedback import rules, services
from app.personnel.course_feedback.forms import FeedbackForm
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("course_feedback", __name__)


@bp.route("/my/training/enrolments/<id('cer'):enrolment_id>/feedback", methods=["GET", "POST"])
@signed_in
def give(enrolment_id: str) -> ResponseReturnValue:
    """Say how a course was, without a name."""
    actor, form = current_actor(), FeedbackForm()
    with reading() as session:
        row = get_own(session, enrolment_id, actor.id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.give_feedback(
            session,
            enrolment_id=enrolment_id,
            ratings=form.ratings(),
            remark=form.remark.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Thank you. Your answers are kept without your name.", "success")
        return redirect(url_for("personnel.course_enrolments.show_own", enrolment_id=enrolment_id), 303)
    return render(form=form, row=row, least=rules.LEAST_SHOWN)
