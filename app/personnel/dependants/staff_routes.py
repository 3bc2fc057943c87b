"""Dependants for the office that decides on their proofs."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import history
from app.personnel.dependants import queries, services
from app.personnel.dependants.forms import DecideForm, StateFilter
from app.personnel.dependants.routes import bp
from app.personnel.dependants.states import DependantState
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import download as send
from app.web.pages import render, save

ONE = "/staff/dependants/<id('dpd'):dependant_id>"
navigation.add("Dependants", "personnel.dependants.list_staff", area="staff", order=18)


@bp.get("/staff/dependants")
@requires("personnel.dependants.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the dependants of the actor's agencies, the longest known first."""
    filters = StateFilter()
    state = DependantState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_staff(session, current_actor(), state, cursor=listing.read_cursor())
    return render(rows=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.dependants.show")
def show(dependant_id: str) -> ResponseReturnValue:
    """Show a dependant and what was decided."""
    with reading() as session:
        dependant = queries.get_dependant(session, dependant_id, current_actor())
        events = history.list_history(session, [dependant_id])
    zone = dependant.agency.time_zone
    return render(dependant=dependant, timeline=history.timeline(events, zone))


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.dependants.decide")
def decide(dependant_id: str) -> ResponseReturnValue:
    """Confirm a dependant by the proof, or refuse."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        dependant = queries.get_dependant(session, dependant_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_dependant(
            session,
            dependant_id=dependant_id,
            verifies=form.decision.data == "verify",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decided. The employee is told by mail.", "success")
        return redirect(url_for(".show", dependant_id=dependant_id), 303)
    return render(form=form, dependant=dependant)


@bp.get(f"{ONE}/proof")
@requires("personnel.dependants.download")
def download(dependant_id: str) -> ResponseReturnValue:
    """Give the proof, and record who read it."""
    actor = current_actor()
    with transaction() as session:
        dependant = queries.get_dependant(session, dependant_id, actor)
        actor.demand("personnel.dependants.download", dependant.agency_id)
        if (
            dependant.evidence_digest is None
            or dependant.evidence_name is None
            or dependant.evidence_type is None
        ):
            raise NotFound("No proof was handed in.")
        services.record_download(session, dependant=dependant, actor=actor, at=clock.now())
    content = storage.current().get(dependant.evidence_digest)
    return send(content, filename=dependant.evidence_name, media_type=dependant.evidence_type)
