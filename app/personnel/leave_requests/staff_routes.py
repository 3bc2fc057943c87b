"""Requests for leave for the office."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import list_agencies_for
from app.personnel import history
from app.personnel.leave.amounts import hours
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests import queries, services
from app.personnel.leave_requests.forms import DecideForm, RequestFilterForm
from app.personnel.leave_requests.routes import bp
from app.personnel.leave_requests.states import RequestState
from app.personnel.leave_requests.team_routes import save_decision, sight_of
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.web import listing
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import download, render

__all__ = ["bp"]
ONE = "/staff/leave-requests/<id('lvr'):request_id>"


@bp.get("/staff/leave-requests")
@requires("personnel.leave_requests.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the requests of the officer's agencies, those that begin last at the top."""
    actor = current_actor()
    with reading() as session:
        agencies = list_agencies_for(session, actor, queries.READ)
        filters = RequestFilterForm(choices={"agency": named(agencies)})
        wanted = queries.Wanted(
            agency_id=filters.agency.data or "",
            state=RequestState(filters.state.data) if filters.state.data else None,
            kind=LeaveKind(filters.kind.data) if filters.kind.data else None,
            text=filters.text.data or "",
        )
        page = queries.list_requests(session, actor, wanted, cursor=listing.read_cursor())
    return render(filters=filters, rows=page.rows, pages=listing.addresses(page), hours=hours)


@bp.get(ONE)
@requires("personnel.leave_requests.show")
def show(request_id: str) -> ResponseReturnValue:
    """Show a request; its certificates to those alone who may read them."""
    actor = current_actor()
    with reading() as session:
        found = queries.get_request(session, request_id, actor)
        events = history.list_history(session, [request_id])
    return render(
        leave=found,
        hours=hours,
        reads_certificates=actor.may(queries.CERTIFICATES, found.agency_id),
        decides=actor.may(queries.DECIDE, found.agency_id) and found.employee.account_id != actor.id,
        timeline=history.timeline(events, found.agency.time_zone),
    )


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.leave_requests.decide_staff")
def decide_staff(request_id: str) -> ResponseReturnValue:
    """Decide for the office, where no superior does."""
    form = DecideForm()
    if form.validate_on_submit() and save_decision(form, request_id):
        return redirect(url_for(".show", request_id=request_id), 303)
    return render(form=form, **sight_of(request_id))


@bp.get(f"{ONE}/certificates/<id('lvc'):certificate_id>")
@requires("personnel.leave_requests.show_certificate")
def show_certificate(request_id: str, certificate_id: str) -> ResponseReturnValue:
    """Hand out a medical certificate, and record that it was read."""
    with transaction() as session:
        found = services.record_reading(
            session,
            request_id=request_id,
            certificate_id=certificate_id,
            actor=current_actor(),
            at=clock.now(),
        )
    content = storage.current().get(found.digest)
    return download(content, filename=found.filename, media_type=found.media_type)
