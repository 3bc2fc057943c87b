"""The statement of leave as a letter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.notices import services as notices
from app.notices.models import Notice
from app.personnel.accruals.periods import leave_year
from app.personnel.accruals.queries import find_kept, load_services
from app.personnel.accruals.rules import day_minutes
from app.personnel.employees.models import Employee
from app.personnel.leave import amounts
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict

FULL_DAY = 480
TAKEN = (EntrySort.TAKEN, EntrySort.RETURNED)


def promise_statement(session: Session, *, actor: Actor, at: dt.datetime) -> Notice:
    """Promise the statement of one's own leave; the same ledgers on the same day give the same letter."""
    employee = get_own(session, actor.id)
    today = clock.local_date(at, employee.agency.time_zone)
    newest = session.scalar(select(func.max(LeaveEntry.id)).where(LeaveEntry.employee_id == employee.id))
    return notices.promise(
        session,
        template="leave_statement",
        subject=employee.id,
        agency_id=employee.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter=statement(session, employee, today),
        actor=actor,
        at=at,
        key=f"leave:{employee.id}:{today}:{newest}",
    )


def statement(session: Session, employee: Employee, on: dt.date) -> dict[str, Any]:
    """Give the fields of the statement as of a day, since the leave year began."""
    kept = find_kept(session, employee.agency_id)
    if kept is None:
        raise Conflict("Your agency keeps no leave here yet.")
    since, _ = leave_year(kept.regime.first_period_on, on)
    weekly = load_services(session, [employee.id])[employee.id].weekly_on(on)
    day = day_minutes(weekly) or FULL_DAY
    agency, accounts = employee.agency, []
    for kind, sums in _sums(session, employee.id, since, on).items():
        balance = sum(sums.values())
        accounts.append(
            {
                "kind": kind.title,
                "brought_forward": sums.get("before", 0),
                "earned": sums.get("earned", 0),
                "taken": -sums.get("taken", 0),
                "otherwise": sums.get("otherwise", 0),
                "balance": balance,
                "days": amounts.count(balance, day),
            }
        )
    return {
        "signed_by": {"name": "Human resources office", "title": agency.name},
        "employee_number": employee.number,
        "since": since,
        "as_of": on,
        "rule": f"{kept.regime.title} ({kept.regime.law})",
        "accounts": accounts,
        "contact": [agency.contact_phone, agency.contact_email],
    }


def _sums(session: Session, employee_id: str, since: dt.date, on: dt.date) -> dict[LeaveKind, dict[str, int]]:
    """Sum what came and went up to a day: before the leave year, earned, taken, otherwise."""
    is_before = (LeaveEntry.effective_on < since).label("is_before")
    found = (
        select(LeaveEntry.kind, LeaveEntry.sort, is_before, func.sum(LeaveEntry.minutes))
        .where(LeaveEntry.employee_id == employee_id, LeaveEntry.effective_on <= on)
        .group_by(LeaveEntry.kind, LeaveEntry.sort, is_before)
    )
    sums: dict[LeaveKind, dict[str, int]] = {}
    for kind, sort, was_before, minutes in session.execute(found):
        kept = sums.setdefault(kind, {})
        place = "earned" if sort is EntrySort.ACCRUAL else "taken" if sort in TAKEN else "otherwise"
        place = "before" if was_before else place
        kept[place] = kept.get(place, 0) + int(minutes)
    return {kind: sums[kind] for kind in LeaveKind if kind in sums}
