"""An applicant's own pages: the list, submitting, the receipt, withdrawing; and the check of a receipt."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.notices.queries import list_notices_about
from app.platform import clock
from app.platform.db import reading
from app.recruitment.applications import forms, kinds, queries, services, standing
from app.recruitment.applications.history import timeline
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.web import navigation
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("applications", __name__)
bp.add_app_template_global(kinds.claim_title, "claim_title")
bp.add_app_template_global(kinds.claim_evidence, "claim_evidence")
bp.add_app_template_global(kinds.document_title, "document_title")
navigation.add("My applications", "recruitment.applications.list_own", area="mine", order=10)


@bp.get("/my/applications")
@signed_in
def list_own() -> ResponseReturnValue:
    """List the person's own applications."""
    at = clock.now()
    with reading() as session:
        rows = queries.list_own(session, current_actor())
    entries = [(row, standing.applicant_status(row, at), standing.is_open(row, at)) for row in rows]
    return render(entries=entries)


@bp.get("/my/applications/<id('app'):application_id>")
@signed_in
def show(application_id: str) -> ResponseReturnValue:
    """Show where an application stands; a draft shows its steps instead."""
    actor, at = current_actor(), clock.now()
    with reading() as session:
        application = queries.get_own_application(session, application_id, actor)
        events = queries.list_events(session, application_id)
        notices = list_notices_about(session, application_id, actor)
    if application.submission is Submission.DRAFT:
        return redirect(url_for("recruitment.drafts.tasks", application_id=application_id), 303)
    return render(
        application=application,
        status=standing.applicant_status(application, at),
        events=timeline(events, application.posting.time_zone),
        letters=notices,
        may_withdraw=standing.may_withdraw(application),
        may_resume=standing.may_resume(application, at),
    )


@bp.route("/my/applications/<id('app'):application_id>/submit", methods=["GET", "POST"])
@signed_in
def submit(application_id: str) -> ResponseReturnValue:
    """Declare that all is true, and submit; sent twice, it is received once."""
    at = clock.now()
    application = _get_own(application_id)
    if application.submission is not Submission.DRAFT:
        return redirect(url_for("recruitment.receipts.show", application_id=application_id), 303)
    form = forms.SubmitForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.submit_application(
            session, application_id=application_id, actor=current_actor(), at=at
        ),
    ):
        return redirect(url_for("recruitment.receipts.show", application_id=application_id), 303)
    missing, is_open = standing.missing_sections(application), standing.is_open(application, at)
    return render(form=form, application=application, missing=missing, is_open=is_open)


@bp.route("/my/applications/<id('app'):application_id>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(application_id: str) -> ResponseReturnValue:
    """Confirm that an application is taken back."""
    application, form = _get_own(application_id), forms.WithdrawForm()
    if application.submission is Submission.WITHDRAWN:
        return redirect(url_for(".show", application_id=application_id), 303)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.withdraw_application(
            session,
            application_id=application_id,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Your application is withdrawn.", "success")
        return redirect(url_for(".show", application_id=application_id), 303)
    return render(form=form, application=application)


def _get_own(application_id: str) -> Application:
    with reading() as session:
        return queries.get_own_application(session, application_id, current_actor())
