"""Leave that people took this year, and that is agreed for the coming weeks."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.personnel.accruals.rules import Service, day_minutes
from app.personnel.employees.models import Employee
from app.personnel.leave.services import NewEntry, enter
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_requests.models import LeaveDay, LeaveRequest
from app.personnel.leave_requests.states import RequestState
from app.platform.calendars import is_business_day
from app.platform.ids import new_id

ZONE = places.ZONES[MAIN]
DAY = dt.timedelta(days=1)
AWAY_SOON = 0.08
SICK = 0.4


def take(
    session: Session,
    office: Office,
    people: list[str],
    long: int,
    services: dict[str, Service],
    at: dt.datetime,
) -> None:
    """Let the first `long` people have had a holiday this year, some be ill, and some of all be away soon."""
    dice, agency_id = office.dice("away"), office.agencies[MAIN]
    begins = at.date().replace(month=1, day=11)
    holidays, spared = load_days(session, agency_id, since=begins), set(cast(session, office))
    rows: list[dict[str, object]] = []
    days: list[dict[str, object]] = []
    entries: list[NewEntry] = []
    officers = office.accounts["hr.officer"], office.accounts["second.hr.officer"]
    today = office.timeline.day(0, ZONE)
    for place, own in enumerate(people):
        if own in spared:
            continue
        spans = []
        if place < long:
            spans.append((LeaveKind.ANNUAL, monday(begins, dice.randrange(12, 36)), dice.randrange(3, 6)))
        if place < long and dice.random() < SICK:
            spans.append((LeaveKind.SICK, monday(begins, dice.randrange(1, 11)), dice.randrange(1, 4)))
        if dice.random() < AWAY_SOON:
            spans.append((LeaveKind.ANNUAL, monday(today, dice.randrange(0, 5)), dice.randrange(1, 5)))
        for kind, first, length in spans:
            last = first + DAY * (length - 1)
            taken = {
                day: minutes
                for day in (first + DAY * n for n in range(length))
                if is_business_day(day, holidays) and (minutes := day_minutes(services[own].weekly_on(day)))
            }
            if taken:
                request = new_id("lvr")
                rows.append(
                    _row(request, own, agency_id, kind, first, last, sum(taken.values()), officers, at)
                )
                days += [
                    {"request_id": request, "on": on, "employee_id": own, "minutes": minutes, "is_live": True}
                    for on, minutes in taken.items()
                ]
                entries += [
                    NewEntry(
                        own, agency_id, kind, EntrySort.TAKEN, -minutes, on, f"{request}:{on}", kind.title,
                        request_id=request,
                    )
                    for on, minutes in taken.items()
                ]  # fmt: skip
    session.execute(insert(LeaveRequest), rows)
    session.execute(insert(LeaveDay), days)
    enter(session, entries, by=officers[1], at=at)


def _row(
    request: str, own: str, agency_id: str, kind: LeaveKind, first: dt.date, last: dt.date, minutes: int,
    officers: tuple[str, str], at: dt.datetime,
) -> dict[str, object]:  # fmt: skip
    return {
        "id": request, "employee_id": own, "agency_id": agency_id, "kind": kind, "starts_on": first,
        "ends_on": last, "minutes": minutes, "advance_minutes": 0, "note": "From the old register.",
        "state": RequestState.APPROVED, "asked_by": officers[0], "asked_at": at - dt.timedelta(days=1),
        "decided_by": officers[1], "decided_at": at,
    }  # fmt: skip


def monday(begins: dt.date, weeks: int) -> dt.date:
    day = begins + dt.timedelta(weeks=weeks)
    return day - DAY * day.weekday() + dt.timedelta(weeks=1)


def cast(session: Session, office: Office) -> list[str]:
    accounts = [office.accounts[key] for key in ("employee", "second.employee")]
    return list(session.scalars(select(Employee.id).where(Employee.account_id.in_(accounts))))
