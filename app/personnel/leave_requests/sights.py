"""Calendars of leave: one's own balance day by day, and who of a team is away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.personnel.accruals.forecasts import follow_one
from app.personnel.accruals.queries import find_kept, load_services
from app.personnel.accruals.rules import day_minutes
from app.personnel.employees.models import Employee
from app.personnel.leave import amounts
from app.personnel.leave.calendars import Cell, Month, lay_out
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests import queries
from app.personnel.leave_requests.states import RequestState
from app.platform import clock
from app.platform.calendars import is_business_day

FULL_DAY = 480
SHOWN_NAMES = 2


def own_month(
    session: Session, employee: Employee, kind: LeaveKind, first: dt.date, at: dt.datetime
) -> Month | None:
    """Lay out a month with the balance that one will have at the end of each day, and one's own leave."""
    kept = find_kept(session, employee.agency_id)
    if kept is None:
        return None
    last = first + dt.timedelta(days=31)
    today = clock.local_date(at, employee.agency.time_zone)
    planned = queries.load_waiting(session, employee.id)
    course = follow_one(session, kept, employee.id, first, last, planned)
    service = load_services(session, [employee.id])[employee.id]
    holidays = load_days(session, employee.agency_id, since=first)
    away = {one.on: one for one in queries.list_away(session, [employee.id], first, last)}

    def cell(day: dt.date) -> Cell:
        length = day_minutes(service.weekly_on(day)) or FULL_DAY
        mark = amounts.days(course.at(kind, day), length)
        said = f"{mark} days"
        if day in away:
            said += f", {away[day].kind.title.lower()}, {away[day].state.title.lower()}"
        marks = (
            (mark, "away" if away[day].state is RequestState.APPROVED else "asked")
            if day in away
            else (mark,)
        )
        return Cell(day, not is_business_day(day, holidays), day == today, marks, said)

    return lay_out(first, cell)


def team_month(
    session: Session, agency_id: str, team: Sequence[Employee], first: dt.date, zone: str
) -> Month:
    """Lay out a month with who of a team is away, or wishes to be, on each day."""
    last = first + dt.timedelta(days=31)
    holidays = load_days(session, agency_id, since=first)
    today = clock.local_date(clock.now(), zone)
    names = {one.id: one.name for one in team}
    by_day: dict[dt.date, list[queries.Away]] = {}
    for one in queries.list_away(session, list(names), first, last):
        by_day.setdefault(one.on, []).append(one)

    def cell(day: dt.date) -> Cell:
        here = by_day.get(day, [])
        marks = [initials(names[one.employee_id]) + _sign(one.state) for one in here]
        if len(marks) > SHOWN_NAMES:
            marks = [*marks[: SHOWN_NAMES - 1], f"+{len(marks) - SHOWN_NAMES + 1}"]
        said = "; ".join(f"{names[one.employee_id]}, {one.state.title.lower()}" for one in here)
        return Cell(day, not is_business_day(day, holidays), day == today, tuple(marks), said)

    return lay_out(first, cell)


def initials(name: str) -> str:
    """Give the first letters of the first and the last word of a name."""
    words = name.split() or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def _sign(state: RequestState) -> str:
    return "?" if state is RequestState.ASKED else ""


def conflicts(
    session: Session, team: Sequence[Employee], request_id: str, days: Sequence[dt.date]
) -> list[str]:
    """List who else of a team is away, or wishes to be, on some of the days of a request."""
    if not days:
        return []
    names = {one.id: one.name for one in team}
    found = queries.list_away(session, list(names), min(days), max(days))
    others = {one.employee_id: one for one in found if one.on in set(days) and one.request_id != request_id}
    return sorted(f"{names[own]} ({one.state.title.lower()})" for own, one in others.items())
