"""What lets a person choose at a moment: an open season, the first days of service, a life event."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.benefit_plans.queries import regime_of
from app.personnel.benefit_plans.regimes import Regime
from app.personnel.benefit_plans.rules import Rate, takes_effect
from app.personnel.dependants.models import Dependant
from app.personnel.employees.models import Employee
from app.personnel.enrolments import queries, rules
from app.personnel.enrolments.rules import Opening
from app.personnel.enrolments.states import Phase, Source
from app.personnel.life_events.queries import list_open
from app.platform import clock

NEVER_OPEN = "Your agency has announced no open season, and nothing else lets you choose now."
END_OF_DAY = dt.time(23, 59)


@dataclass(frozen=True, slots=True)
class Preview:
    """A choice looked at before it is made: what opens it, what it costs in a pay period, whom it covers."""

    opening: Opening
    rate: Rate | None
    covered: tuple[Dependant, ...]


def list_openings(session: Session, employee: Employee, at: dt.datetime) -> list[Opening]:
    """List what lets an employee choose now: events first, since they are rarer, then the open season."""
    regime, zone = regime_of(session, employee.agency_id), employee.agency.time_zone
    today = clock.local_date(at, zone)
    return [
        *_of_events(session, employee, regime, today),
        *_of_entry(employee, regime, today),
        *_of_windows(session, employee, at),
    ]


def why_closed(session: Session, employee: Employee, at: dt.datetime) -> str:
    """Say why nothing is open, with the times of the nearest open season."""
    windows = queries.list_windows_of(session, employee.agency_id)
    ahead = [row for row in windows if row.opens_at > at]
    nearest = ahead[-1] if ahead else (windows[0] if windows else None)
    if nearest is None:
        return NEVER_OPEN
    return rules.late(nearest.opens_at, nearest.closes_at, employee.agency.time_zone, at)


def _of_windows(session: Session, employee: Employee, at: dt.datetime) -> list[Opening]:
    return [
        Opening(Source.WINDOW, window.id, window.title, window.closes_at, window.effective_from)
        for window in queries.list_windows_of(session, employee.agency_id)
        if rules.phase_at(window.opens_at, window.closes_at, at) is Phase.OPEN
    ]


def _of_entry(employee: Employee, regime: Regime, today: dt.date) -> list[Opening]:
    last = employee.hired_on + dt.timedelta(days=regime.new_hire_days)
    if not employee.hired_on <= today <= last:
        return []
    title = f"First enrolment, within {regime.new_hire_days} days ({regime.new_hire_law})"
    until = _end_of(last, employee.agency.time_zone)
    return [Opening(Source.NEW_HIRE, employee.id, title, until, takes_effect(regime, today))]


def _of_events(session: Session, employee: Employee, regime: Regime, today: dt.date) -> list[Opening]:
    found = []
    for event in list_open(session, employee.id, today):
        rule = regime.events.get(event.kind)
        if rule is not None:
            found.append(
                Opening(
                    Source.LIFE_EVENT,
                    event.id,
                    event.kind.title,
                    _end_of(event.elects_until, employee.agency.time_zone),
                    rules.event_takes_effect(regime, rule, event.happened_on, today),
                    rule.may_waive,
                )
            )
    return found


def _end_of(day: dt.date, zone: str) -> dt.datetime:
    return clock.zoned_moment(day, END_OF_DAY, zone)
