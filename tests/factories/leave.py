"""Rules of leave, ledgers and requests, made by direct inserts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.personnel.accruals.models import LeaveRegime
from app.personnel.employees.models import Employee
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_requests.models import LeaveDay, LeaveRequest
from app.personnel.leave_requests.states import RequestState
from app.platform.ids import new_id
from tests.factories.accounts import make_account

SET_AT = dt.datetime(2026, 1, 2, 15, 0, tzinfo=dt.UTC)
FIRST_PERIOD = dt.date(2024, 1, 14)


def make_regime(session: Session, agency: Agency, **values: Any) -> LeaveRegime:
    """Put an agency under title 5, with leave kept here since the leave year 2026 began."""
    merged: dict[str, Any] = {
        "agency_id": agency.id,
        "name": "title-5",
        "ceiling": "usual",
        "first_period_on": FIRST_PERIOD,
        "kept_from": dt.date(2026, 1, 11),
        "set_at": SET_AT,
    } | values
    if "set_by" not in merged:
        merged["set_by"] = make_account(session).id
    row = LeaveRegime(**merged)
    session.add(row)
    session.flush()
    return row


def make_entry(session: Session, employee: Employee, minutes: int, **values: Any) -> LeaveEntry:
    """Enter minutes into a person's ledger of annual leave."""
    own = new_id("lve")
    merged: dict[str, Any] = {
        "id": own,
        "employee_id": employee.id,
        "agency_id": employee.agency_id,
        "kind": LeaveKind.ANNUAL,
        "sort": EntrySort.OPENING,
        "minutes": minutes,
        "effective_on": dt.date(2026, 1, 10),
        "key": own,
        "basis": "Brought forward",
        "entered_at": SET_AT,
    } | values
    row = LeaveEntry(**merged)
    session.add(row)
    session.flush()
    return row


def make_leave(session: Session, *, employee: Employee, on: dt.date, **values: Any) -> LeaveRequest:
    """Insert a request for one whole day of annual leave, which nobody decided yet."""
    request = LeaveRequest(
        **{
            "id": new_id("lvr"),
            "employee_id": employee.id,
            "agency_id": employee.agency_id,
            "kind": LeaveKind.ANNUAL,
            "starts_on": on,
            "ends_on": on,
            "minutes": 480,
            "advance_minutes": 0,
            "note": "",
            "state": RequestState.ASKED,
            "asked_at": dt.datetime(2026, 11, 16, 15, 0, tzinfo=dt.UTC),
        }
        | values
    )
    session.add(request)
    session.flush()
    session.add(LeaveDay(request_id=request.id, on=on, employee_id=employee.id, minutes=480, is_live=True))
    session.flush()
    return request
