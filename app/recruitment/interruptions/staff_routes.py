"""Interruptions of intake over HTTP: the office's view, declaring one, and the public proof."""

from __future__ import annotations

import structlog
from flask import Blueprint, Flask, flash, got_request_exception, jsonify, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.accounts.queries import list_agencies_for
from app.platform import clock
from app.platform.db import reading, transaction
from app.recruitment.interruptions import queries, rules, services
from app.recruitment.interruptions.forms import InterruptionForm
from app.web import navigation
from app.web.access import current_actor, public, requires
from app.web.forms import named
from app.web.pages import act, render, save

log = structlog.get_logger("meritum.intake")
bp = Blueprint("interruptions", __name__)
navigation.add("Intake", "recruitment.interruptions.list_staff", area="staff", order=36)

# What a person does who applies: a fault of ours here is a failure of intake.
INTAKE = (
    "recruitment.applications.submit",
    "recruitment.changes.",
    "recruitment.claims.",
    "recruitment.documents.",
    "recruitment.drafts.",
    "recruitment.eligibility.",
    "recruitment.fees.",
)


@bp.get("/health")
@public
def health() -> ResponseReturnValue:
    """Say that pages are answered and the database is read: the proofs of intake ask here."""
    with reading() as session:
        proved_at = queries.find_last_proof(session)
    answer = jsonify(intake="open", proved_at=proved_at.isoformat() if proved_at else None)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/staff/intake")
@requires("recruitment.interruptions.list_staff")
def list_staff() -> ResponseReturnValue:
    """Show whether applications can come in, what interrupted them, and the closings that moved."""
    actor, at = current_actor(), clock.now()
    with reading() as session:
        proved_at = queries.find_last_proof(session)
        interruptions = queries.list_interruptions(session, actor)
        moved = queries.list_moved(session, actor)
        faults = queries.list_faults(session, actor)
    return render(
        proved_at=proved_at,
        is_late=rules.find_gap(proved_at, at) is not None,
        interruptions=interruptions,
        moved=moved,
        faults=faults,
    )


@bp.route("/staff/intake/interruptions/new", methods=["GET", "POST"])
@requires("recruitment.interruptions.declare")
def declare() -> ResponseReturnValue:
    """Declare an interruption that the system's own proofs cannot see."""
    actor = current_actor()
    with reading() as session:
        agencies = list_agencies_for(session, actor, "recruitment.interruptions.declare")
    form = InterruptionForm(zone=agencies[0].time_zone if agencies else "UTC")
    form.agency_id.choices = named(agencies)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.declare_interruption(session, **form.values(), actor=actor, at=clock.now()),
    ):
        flash("The interruption is declared. A second officer must confirm it.", "success")
        return redirect(url_for(".list_staff"), 303)
    return render(form=form)


@bp.post("/staff/intake/interruptions/<id('itr'):interruption_id>/confirm")
@requires("recruitment.interruptions.confirm")
def confirm(interruption_id: str) -> ResponseReturnValue:
    """Confirm an interruption that another officer declared."""
    return _decide(interruption_id, is_confirmed=True)


@bp.post("/staff/intake/interruptions/<id('itr'):interruption_id>/refuse")
@requires("recruitment.interruptions.refuse")
def refuse(interruption_id: str) -> ResponseReturnValue:
    """Refuse an interruption that another officer declared."""
    return _decide(interruption_id, is_confirmed=False)


def _decide(interruption_id: str, *, is_confirmed: bool) -> Response:
    actor = current_actor()
    return act(
        lambda session: services.decide_interruption(
            session, interruption_id=interruption_id, is_confirmed=is_confirmed, actor=actor, at=clock.now()
        ),
        done="The interruption is confirmed. Closings that it touches are moved."
        if is_confirmed
        else "The interruption is refused. No closing moves.",
        then=url_for(".list_staff"),
    )


def note_fault(_sender: Flask, exception: Exception, **_more: object) -> None:
    """Note that a request of somebody who applies ended in a fault of ours; else log it."""
    endpoint = request.endpoint or ""
    if request.path.startswith("/staff") or not endpoint.startswith(INTAKE):
        return
    values = request.view_args or {}
    try:
        with reading() as session:
            posting_id = values.get("posting_id") or queries.find_posting_id(
                session, values.get("application_id", "")
            )
        with transaction() as session:
            services.note_fault(
                session,
                endpoint=endpoint,
                posting_id=posting_id,
                account_id=current_actor().id,
                at=clock.now(),
            )
    except Exception:
        log.exception("a fault of intake could not be noted", endpoint=endpoint, fault=repr(exception))


def _watch(state: BlueprintSetupState) -> None:
    got_request_exception.connect(note_fault, state.app)


bp.record_once(_watch)
