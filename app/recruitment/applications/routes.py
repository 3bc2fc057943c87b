"""An applicant's own pages: the list, submitting, the receipt, withdrawing; and the check of a receipt."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.notices.queries import list_notices_about
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.recruitment.applications import forms, kinds, letters, queries, services, snapshots, standing
from app.recruitment.applications.history import timeline
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.web import navigation
from app.web.access import current_actor, public, signed_in
from app.web.pages import download, render, save

bp = Blueprint("applications", __name__)
bp.add_app_template_global(kinds.claim_title, "claim_title")
bp.add_app_template_global(kinds.claim_evidence, "claim_evidence")
bp.add_app_template_global(kinds.document_title, "document_title")
bp.add_app_template_global(letters.precise, "precise")
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
        return redirect(url_for(".receipt", application_id=application_id), 303)
    form = forms.SubmitForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.submit_application(
            session, application_id=application_id, actor=current_actor(), at=at
        ),
    ):
        return redirect(url_for(".receipt", application_id=application_id), 303)
    missing, is_open = standing.missing_sections(application), standing.is_open(application, at)
    return render(form=form, application=application, missing=missing, is_open=is_open)


@bp.get("/my/applications/<id('app'):application_id>/receipt")
@signed_in
def receipt(application_id: str) -> ResponseReturnValue:
    """Show the receipt: number, moment and digest of exactly what was received."""
    application = _received(application_id)
    return render(application=application, received=application.snapshot, next_steps=letters.NEXT_STEPS)


@bp.get("/my/applications/<id('app'):application_id>/received.json")
@signed_in
def received_copy(application_id: str) -> ResponseReturnValue:
    """Send the file that the digest on the receipt is taken of."""
    application = _received(application_id)
    content = snapshots.write(application.snapshot or {})
    return download(content, filename=f"{application.number}.json", media_type="application/json")


def _received(application_id: str) -> Application:
    application = _get_own(application_id)
    if application.snapshot is None:
        raise NotFound("This application was not submitted, so there is no receipt.")
    return application


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


@bp.get("/receipts/check")
@public
def check_receipt() -> ResponseReturnValue:
    """Tell whoever holds a receipt whether it is genuine, and nothing about the person."""
    filters = forms.ReceiptForm()
    number, digest = filters.number.data or "", filters.digest.data or ""
    found = None
    if number and digest:
        with reading() as session:
            found = queries.find_by_receipt(session, number, digest)
    return render(filters=filters, found=found, is_asked=bool(number or digest))


def _get_own(application_id: str) -> Application:
    with reading() as session:
        return queries.get_own_application(session, application_id, current_actor())
