"""What becomes of leave when service ends: approved days after the last one come back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.accruals import leaving
from app.personnel.accruals.rules import DAY
from app.personnel.employees.models import Employee
from app.personnel.leave.services import give_back
from app.personnel.leave_requests import letters, queries
from app.personnel.leave_requests.models import LeaveRequest
from app.personnel.leave_requests.states import RequestState, move
from app.platform import audit
from app.platform.actors import Actor
from app.platform.locales import write_date


def follow_service(session: Session, employee: Employee, *, actor: Actor, at: dt.datetime) -> None:
    """Let leave follow what the record now says of somebody's service, locked and with the agency.

    What the clock posted for days that were not served is corrected. Where service ended, what was approved
    for later days comes back into the ledger, what was asked for is called off, and the person is told.
    """
    entries = leaving.follow_service(session, employee.id, employee.agency_id, at=at)
    last = employee.separated_on
    requests = queries.list_after(session, employee.id, last) if last is not None else []
    for request in requests:
        if last is not None:
            _call_off(session, request, employee, last, actor, at)
    if entries or requests:
        audit.record(
            session,
            "personnel.accruals.follow_service",
            actor=actor,
            at=at,
            subject=employee.id,
            agency_id=employee.agency_id,
            entries=entries,
            requests=len(requests),
        )


def _call_off(
    session: Session, request: LeaveRequest, employee: Employee, last: dt.date, actor: Actor, at: dt.datetime
) -> None:
    first = max(request.starts_on, last + DAY)
    reason = f"Service ended on {write_date(last)}."
    if request.state is RequestState.ASKED:
        request.state = move(request.state, RequestState.WITHDRAWN)
        first = request.starts_on
    else:
        give_back(session, request_id=request.id, since=first, basis=reason, by=actor.id, at=at)
        request.given_back_on = min(request.given_back_on or first, first)
        if first == request.starts_on:
            request.state = move(request.state, RequestState.CANCELLED)
    if request.state is not RequestState.APPROVED:
        request.ended_by, request.ended_at = actor.id, at
    request.end_reason = reason
    for day in request.days:
        if day.on >= first:
            day.is_live = False
    session.flush()
    letters.tell_called_off(session, request, employee, reason, at)
