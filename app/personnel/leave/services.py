"""Entering into ledgers of leave; nothing is ever changed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.personnel.leave import queries
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.states import EntrySort, LeaveKind
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What shall stand in a ledger."""

    employee_id: str
    agency_id: str
    kind: LeaveKind
    sort: EntrySort
    minutes: int
    on: dt.date
    key: str
    basis: str
    request_id: str | None = None
    adjustment_id: str | None = None
    reverses_id: str | None = None
    expires_on: dt.date | None = None


def enter(session: Session, entries: Iterable[NewEntry], *, by: str | None, at: dt.datetime) -> int:
    """Enter into ledgers and count the entries; the caller records. The same key twice is Invalid."""
    rows = [
        {
            "id": new_id("lve"),
            "employee_id": entry.employee_id,
            "agency_id": entry.agency_id,
            "kind": entry.kind,
            "sort": entry.sort,
            "minutes": entry.minutes,
            "effective_on": entry.on,
            "key": entry.key,
            "basis": entry.basis,
            "request_id": entry.request_id,
            "adjustment_id": entry.adjustment_id,
            "reverses_id": entry.reverses_id,
            "expires_on": entry.expires_on,
            "entered_by": by,
            "entered_at": at,
        }
        for entry in entries
    ]
    if rows:
        session.execute(insert(LeaveEntry), rows)
    return len(rows)


def give_back(
    session: Session, *, request_id: str, since: dt.date, basis: str, by: str | None, at: dt.datetime
) -> int:
    """Reverse what a request took from a day on, and give how many minutes come back."""
    taken = queries.list_standing_of_request(session, request_id, since)
    enter(
        session,
        [
            NewEntry(
                entry.employee_id,
                entry.agency_id,
                entry.kind,
                EntrySort.RETURNED,
                -entry.minutes,
                entry.effective_on,
                f"back:{entry.id}",
                basis,
                request_id=request_id,
                reverses_id=entry.id,
            )
            for entry in taken
        ],
        by=by,
        at=at,
    )
    return -sum(entry.minutes for entry in taken)
