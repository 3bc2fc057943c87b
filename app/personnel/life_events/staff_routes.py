"""Life events for the office that decides on them."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import history
from app.personnel.life_events import queries, services
from app.personnel.life_events.forms import DecideForm, StateFilter
from app.personnel.life_events.routes import bp
from app.personnel.life_events.states import EventState
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import download as send
from app.web.pages import render, save

ONE = "/staff/life-events/<id('lev'):event_id>"
navigation.add("Life events", "personnel.life_events.list_staff", area="staff", order=18)


@bp.get("/staff/life-events")
@requires("personnel.life_events.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the events of the actor's agencies, the longest known first."""
    filters = StateFilter()
    state = EventState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_staff(session, current_actor(), state, cursor=listing.read_cursor())
    return render(rows=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.life_events.show")
def show(event_id: str) -> ResponseReturnValue:
    """Show an event and what was decided."""
    with reading() as session:
        event = queries.get_event(session, event_id, current_actor())
        events = history.list_history(session, [event_id])
    return render(event=event, timeline=history.timeline(events, event.agency.time_zone))


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.life_events.decide")
def decide(event_id: str) -> ResponseReturnValue:
    """Decide whether an event opens a choice."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        event = queries.get_event(session, event_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_event(
            session,
            event_id=event_id,
            approves=form.decision.data == "approve",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decided. The employee is told by mail.", "success")
        return redirect(url_for(".show", event_id=event_id), 303)
    return render(form=form, event=event)


@bp.get(f"{ONE}/proof")
@requires("personnel.life_events.download")
def download(event_id: str) -> ResponseReturnValue:
    """Give the proof, and record who read it."""
    actor = current_actor()
    with transaction() as session:
        event = queries.get_event(session, event_id, actor)
        actor.demand("personnel.life_events.download", event.agency_id)
        if not (event.evidence_digest and event.evidence_name and event.evidence_type):
            raise NotFound("No proof was handed in.")
        services.record_download(session, event=event, actor=actor, at=clock.now())
    content = storage.current().get(event.evidence_digest)
    return send(content, filename=event.evidence_name, media_type=event.evidence_type)
