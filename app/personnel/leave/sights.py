"""What a person, a superior and the office see of somebody's leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.accruals.forecasts import follow_one
from app.personnel.accruals.periods import last_day, leave_year, period_of
from app.personnel.accruals.queries import Kept, find_kept, load_services
from app.personnel.accruals.rules import band_of, day_minutes
from app.personnel.employees.models import Employee
from app.personnel.leave import amounts
from app.personnel.leave.queries import load_balances
from app.personnel.leave.states import LeaveKind
from app.platform import clock

FULL_DAY = 480


@dataclass(frozen=True, slots=True)
class Figure:
    """How one kind of leave stands today."""

    kind: LeaveKind
    minutes: int
    hours: str
    days: str
    rate: str
    note: str


@dataclass(frozen=True, slots=True)
class Sight:
    """How somebody's leave stands on a day; `day` is the length of a working day in minutes."""

    today: dt.date
    day: int
    kept: Kept | None
    figures: list[Figure]
    next_on: dt.date | None
    year_ends_on: dt.date | None


def look(session: Session, employee: Employee, at: dt.datetime) -> Sight:
    """Give how a person's leave stands today."""
    today = clock.local_date(at, employee.agency.time_zone)
    kept = find_kept(session, employee.agency_id)
    service = load_services(session, [employee.id])[employee.id]
    day = day_minutes(service.weekly_on(today)) or FULL_DAY
    balances = load_balances(session, [employee.id], today).get(employee.id, {})
    if kept is None:
        found = [_figure(kind, minutes, day, "", "") for kind, minutes in balances.items()]
        return Sight(today, day, None, found, None, None)
    first_on = kept.regime.first_period_on
    start = period_of(first_on, today)
    _, ends = leave_year(first_on, today)
    course = follow_one(session, kept, employee.id, today, ends)
    found = []
    for kind, rule in kept.regime.kinds.items():
        minutes = balances.get(kind, 0)
        band = band_of(rule, service.began_on, start)
        if band is None and not minutes:
            continue
        most, note = rule.ceilings.get(kept.ceiling), ""
        if most is not None and course.at(kind, ends) > most:
            over = amounts.hours(course.at(kind, ends) - most)
            note = (
                f"{over} would be lost when the leave year ends: {amounts.hours(most)} can be carried over."
            )
        rate = f"{amounts.hours(band.minutes)} for each full pay period of a full week" if band else ""
        found.append(_figure(kind, minutes, day, rate, note))
    return Sight(today, day, kept, found, last_day(start), ends)


def _figure(kind: LeaveKind, minutes: int, day: int, rate: str, note: str) -> Figure:
    return Figure(kind, minutes, amounts.hours(minutes), amounts.count(minutes, day), rate, note)


def say_left(session: Session, employee: Employee) -> str:
    """Say how much annual leave is left today, for the pages on which every part has a line."""
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    minutes = load_balances(session, [employee.id], today).get(employee.id, {}).get(LeaveKind.ANNUAL)
    if minutes is None:
        return ""
    weekly = load_services(session, [employee.id])[employee.id].weekly_on(today)
    return f"{amounts.count(minutes, day_minutes(weekly) or FULL_DAY)} of annual leave left"
