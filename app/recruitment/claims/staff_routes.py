"""Claims of applications, for the officers who verify or refuse them."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.platform import antivirus, clock
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, NotFound
from app.recruitment.applications import queries as application_queries
from app.recruitment.applications.states import ClaimState
from app.recruitment.claims import deciding, forms, queries
from app.recruitment.claims.evidence import load_evidence
from app.recruitment.claims.routes import bp
from app.recruitment.claims.standing import get_claim
from app.recruitment.documents.routes import send
from app.recruitment.scanning.queries import load_verdicts
from app.recruitment.scanning.services import demand_clean
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

PLACE = "/staff/applications/<id('app'):application_id>/claims/<kind>"

navigation.add("Claims", "recruitment.claims.list_staff", area="staff", order=35)


@bp.get("/staff/claims")
@requires("recruitment.claims.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the claims that wait for an officer, with their papers and what was found before."""
    rows, form = _waiting()
    return _show_waiting(rows, form)


def _waiting() -> tuple[list[queries.Waiting], forms.ManyForm]:
    with reading() as session:
        rows = queries.list_waiting(
            session, current_actor(), "recruitment.claims.list_staff", clock.now().date()
        )
    form = forms.ManyForm()
    form.claims.choices = [
        (row.claim.id, str(row.application.applicant_name)) for row in rows if row.earlier and not row.appeal
    ]
    return rows, form


def _show_waiting(rows: list[queries.Waiting], form: forms.ManyForm) -> ResponseReturnValue:
    template = "recruitment/claims/list_staff.html"
    return render(form=form, rows=rows, at=clock.now(), has_scanner=antivirus.is_bound(), template=template)


@bp.post("/staff/claims/verify-again")
@requires("recruitment.claims.verify_many")
def verify_many() -> ResponseReturnValue:
    """Verify the ticked claims again, on the ground of the agency's earlier decisions."""
    rows, form = _waiting()
    if not form.validate_on_submit():
        return _show_waiting(rows, form)
    chosen = [row for row in rows if row.claim.id in form.claims.data]
    refused = [sentence for row in chosen if (sentence := _verify(row.application.id, row.claim.kind))]
    if len(refused) < len(chosen):
        flash(f"Verified again: {len(chosen) - len(refused)}.", "success")
    for sentence in refused:
        flash(sentence, "error")
    return redirect(url_for(".list_staff"), 303)


def _verify(application_id: str, kind: str) -> str:
    """Verify one claim again; give why it was refused, or nothing."""
    try:
        with transaction() as session:
            deciding.verify_again(
                session, application_id=application_id, kind=kind, actor=current_actor(), at=clock.now()
            )
    except Conflict as error:
        return error.message
    return ""


@bp.route(PLACE, methods=["GET", "POST"])
@requires("recruitment.claims.decide")
def decide(application_id: str, kind: str) -> ResponseReturnValue:
    """Verify or refuse one claim, with a reason."""
    actor, form = current_actor(), forms.DecideForm()
    row, shown = _look_at(application_id, kind)
    if form.validate_on_submit() and save(
        form,
        lambda session: deciding.decide_claim(
            session,
            application_id=application_id,
            kind=kind,
            state=ClaimState(form.state.data),
            reason=form.reason.data,
            valid_until=form.valid_until.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The decision is saved.", "success")
        return redirect(url_for("recruitment.applications.show_staff", application_id=application_id), 303)
    return render(form=form, row=row, **shown)


def _look_at(application_id: str, kind: str) -> tuple[queries.Waiting, dict[str, Any]]:
    """Give a claim that the officer may decide on, and what its page shows beside it."""
    actor, today = current_actor(), clock.now().date()
    with reading() as session:
        application = application_queries.get_application(session, application_id, actor)
        actor.demand("recruitment.claims.decide", application.posting.agency_id)
        row = queries.describe(session, [(get_claim(application, kind), application)], today)[0]
        verdicts = load_verdicts(session, [document.digest for document in row.evidence])
    return row, {"verdicts": verdicts, "today": today, "has_scanner": antivirus.is_bound()}


@bp.post(f"{PLACE}/verify-again")
@requires("recruitment.claims.verify_again")
def verify_again(application_id: str, kind: str) -> ResponseReturnValue:
    """Verify one claim again, on the ground of the agency's earlier decision."""
    if refused := _verify(application_id, kind):
        flash(refused, "error")
        return redirect(url_for(".decide", application_id=application_id, kind=kind), 303)
    flash("The claim is verified.", "success")
    return redirect(url_for(".list_staff"), 303)


@bp.get(f"{PLACE}/evidence/<id('doc'):document_id>")
@requires("recruitment.claims.open_evidence")
def open_evidence(application_id: str, kind: str, document_id: str) -> ResponseReturnValue:
    """Open one paper of a claim, and record it; `?shown` puts a picture on the page."""
    actor = current_actor()
    with transaction() as session:
        application = application_queries.get_application(session, application_id, actor)
        actor.demand("recruitment.claims.open_evidence", application.posting.agency_id)
        claim = get_claim(application, kind)
        found = load_evidence(session, [claim.id])[claim.id]
        document = next((document for document in found if document.id == document_id), None)
        if document is None:
            raise NotFound("There is no such document.")
        demand_clean(session, document.digest)
        deciding.record_opening(
            session,
            application=application,
            claim=claim,
            document_id=document_id,
            actor=actor,
            at=clock.now(),
        )
    return send(document, is_shown="shown" in request.args and document.media_type.startswith("image/"))


@bp.route("/staff/postings/<id('pst'):posting_id>/evidence-closing", methods=["GET", "POST"])
@requires("recruitment.claims.set_closing")
def set_closing(posting_id: str) -> ResponseReturnValue:
    """Set until when evidence for claims is taken for a vacancy."""
    actor = current_actor()
    with reading() as session:
        posting = application_queries.get_posting(session, posting_id, actor)
        actor.demand("recruitment.claims.set_closing", posting.agency_id)
        closing = queries.find_closing(session, posting_id)
    form = forms.ClosingForm(zone=posting.time_zone, obj=closing)
    if form.validate_on_submit() and save(
        form,
        lambda session: deciding.set_closing(
            session,
            posting_id=posting_id,
            closes_at=cast(dt.datetime, form.closes_at.data),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Saved.", "success")
        return redirect(url_for("recruitment.applications.list_posting", posting_id=posting_id), 303)
    return render(form=form, posting=posting)
