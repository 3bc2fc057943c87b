"""An applicant's own pages: the list, where one application stands, submitting, withdrawing."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.notices.queries import list_notices_about
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Conflict, Invalid
from app.platform.idempotency import find_result
from app.platform.sentences import say
from app.recruitment.applications import forms, kinds, queries, services, snapshots, standing
from app.recruitment.applications.history import timeline
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.following import facts, overview
from app.recruitment.following.page import follow
from app.recruitment.messages.queries import count_unread
from app.web import navigation, opened, typed
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("applications", __name__)
bp.add_app_template_global(kinds.claim_title, "claim_title")
bp.add_app_template_global(kinds.claim_evidence, "claim_evidence")
bp.add_app_template_global(kinds.document_title, "document_title")
bp.add_app_template_global(kinds.is_private, "is_private_claim")
bp.add_app_template_global(snapshots.is_purged, "is_purged")
navigation.add(say("My applications"), "recruitment.applications.list_own", area="mine", order=10)


@bp.get("/my/applications")
@signed_in
def list_own() -> ResponseReturnValue:
    """List the person's own applications, each with its state, its next step and who has it in hand."""
    at, filters = clock.now(), forms.OwnFilter()
    with reading() as session:
        rows = queries.list_own(session, current_actor())
        unread = count_unread(session, [row.id for row in rows])
    entries = overview.entries(rows, unread, at)
    shown = overview.narrow(entries, filters.state.data or "", filters.text.data or "")
    return render(entries=shown, total=len(entries), filters=filters, counts=overview.count(entries))


@bp.get("/my/applications/<id('app'):application_id>")
@signed_in
def show(application_id: str) -> ResponseReturnValue:
    """Show where an application stands and what happens next; a draft shows its steps instead."""
    actor, at = current_actor(), clock.now()
    with reading() as session:
        application = queries.get_own_application(session, application_id, actor)
        events = queries.list_events(session, application_id)
        notices = list_notices_about(session, application_id, actor)
        known = facts.collect(session, application)
    if application.submission is Submission.DRAFT:
        return redirect(url_for("recruitment.drafts.tasks", application_id=application_id), 303)
    return render(
        application=application,
        following=follow(application, events, known, at),
        events=timeline(events, application.posting.time_zone, own=application.account_id),
        letters=notices,
        may_withdraw=standing.may_withdraw(application),
        may_resume=standing.may_resume(application, at),
        may_change=standing.may_change(application, at),
    )


@bp.route("/my/applications/<id('app'):application_id>/submit", methods=["GET", "POST"])
@signed_in
@typed.keeps_typing
def submit(application_id: str) -> ResponseReturnValue:
    """Declare that all is true, and submit; sent twice, it is received once."""
    at, actor = clock.now(), current_actor()
    form = forms.SubmitForm(formdata=typed.find()) if request.method == "GET" else forms.SubmitForm()
    if form.is_submitted() and (received := _sent_before(form)):
        return redirect(url_for("recruitment.receipts.show", application_id=received), 303)
    application = _get_own(application_id)
    if application.submission is not Submission.DRAFT:
        return redirect(url_for("recruitment.receipts.show", application_id=application_id), 303)
    if form.validate_on_submit() and _receive(form, application_id, at):
        return redirect(url_for("recruitment.receipts.show", application_id=form.saved), 303)
    form.opened.data = form.opened.data or opened.seal(application_id, actor.id, at)
    return render(
        form=form,
        application=application,
        missing=standing.missing_sections(application),
        is_open=standing.is_open(application, at),
    )


def _sent_before(form: forms.SubmitForm) -> str | None:
    """Give the application that this very form was received as, when it is sent a second time."""
    with reading() as session:
        return find_result(session, form.idempotency_key.data, current_actor().id)


def _receive(form: forms.SubmitForm, application_id: str, at: dt.datetime) -> bool:
    """Check and write down first, so that the transaction that receives it is short."""
    actor = current_actor()
    form_opened_at = opened.read(form.opened.data, application_id, actor.id)
    try:
        with reading() as session:
            prepared = services.prepare_submission(
                session, application_id=application_id, actor=actor, at=at, form_opened_at=form_opened_at
            )
    except (Conflict, Invalid) as refused:
        form.add_errors(Invalid(refused.message))
        return False

    def change(session: Session) -> str:
        typed.forget(session)
        return services.submit_application(
            session, application_id=application_id, actor=actor, at=at, prepared=prepared
        ).id

    return save(form, change)


@bp.route("/my/applications/<id('app'):application_id>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(application_id: str) -> ResponseReturnValue:
    """Confirm that an application is taken back."""
    application, form = _get_own(application_id), forms.WithdrawForm()
    if application.changes_id is not None:
        return redirect(url_for("recruitment.drafts.tasks", application_id=application_id), 303)
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
        flash(say("Your application is withdrawn."), "success")
        return redirect(url_for(".show", application_id=application_id), 303)
    may_return = standing.may_change(application, clock.now())
    return render(form=form, application=application, may_return=may_return)


def _get_own(application_id: str) -> Application:
    with reading() as session:
        return queries.get_own_application(session, application_id, current_actor())
