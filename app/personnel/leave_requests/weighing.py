"""Weighing a wish for leave against service, holidays, other leave and the balance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.personnel.accruals.forecasts import follow_one
from app.personnel.accruals.periods import leave_year
from app.personnel.accruals.queries import Kept, find_kept, load_services
from app.personnel.actions.planning import add_hold
from app.personnel.actions.queries import list_away
from app.personnel.actions.rules import write_days
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.leave.queries import load_taken
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests import queries, rules
from app.personnel.leave_requests.models import LeaveRequest
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from app.web.dates import format_date


class Wished(Protocol):
    """What weighing looks at."""

    @property
    def kind(self) -> LeaveKind: ...
    @property
    def starts_on(self) -> dt.date: ...
    @property
    def ends_on(self) -> dt.date: ...
    @property
    def minutes_a_day(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Weighed:
    """What leave would take by day, and how much of it before it is earned."""

    charged: dict[dt.date, int]
    advance_minutes: int
    needs_certificate: bool


def weigh(
    session: Session,
    employee: Employee,
    wish: Wished,
    at: dt.datetime,
    *,
    instead_of: LeaveRequest | None = None,
) -> Weighed:
    """Give what leave would take, or raise Invalid or Conflict with why it cannot be had.

    `instead_of` is the request that is changed, or decided on: it stands in nobody's way.
    """
    kept = find_kept(session, employee.agency_id)
    if kept is None:
        raise Conflict("Your agency keeps no leave here yet.")
    is_over = employee.state is not EmployeeState.ACTIVE
    has_served = employee.separated_on is not None and wish.ends_on <= employee.separated_on
    if is_over and not (has_served and instead_of is not None):
        raise Conflict("Who has left the service cannot have leave.")
    rule = rules.rule_of(kept.regime, wish.kind)
    service = load_services(session, [employee.id])[employee.id]
    today = clock.local_date(at, employee.agency.time_zone)
    rules.check_span(wish.starts_on, wish.ends_on, service.began_on, today)
    rules.check_unit(rule, wish.minutes_a_day)
    holidays = load_days(session, employee.agency_id, since=wish.starts_on)
    charged = rules.charge(wish.starts_on, wish.ends_on, wish.minutes_a_day, service, holidays)
    but = [own for one in [instead_of] if one for own in (one.id, one.replaces_id) if own]
    _check_overlap(session, employee.id, wish, but)
    rules.check_away(wish.starts_on, wish.ends_on, list_away(session, employee.id))
    advance = _check_sum(session, kept, employee.id, wish, charged, but)
    taken = _load_taken(session, employee.id, wish.kind, but) if rule.year_minutes else {}
    rules.check_year(rule, service, kept.regime.full_week_minutes, taken, charged)
    return Weighed(charged, advance, rules.needs_certificate(rule, charged))


def _load_taken(session: Session, employee_id: str, kind: LeaveKind, but: list[str]) -> dict[dt.date, int]:
    """Load what was taken of a kind by day, without what this leave stands for."""
    taken = load_taken(session, employee_id, kind)
    for own in but:
        for on, minutes in queries.load_entered(session, own).get(kind, {}).items():
            taken[on] = taken.get(on, 0) - minutes
    return taken


def _check_overlap(session: Session, employee_id: str, wish: Wished, but: list[str]) -> None:
    for other in queries.list_overlapping(session, employee_id, wish.starts_on, wish.ends_on, but):
        raise Invalid(
            starts_on=f"You have {other.kind.title.lower()} from {format_date(other.starts_on)} to "
            f"{format_date(other.ends_on)} already ({other.state.title.lower()})"
        )


def _hold(session: Session, employee_id: str, starts_on: dt.date, ends_on: dt.date) -> str | None:
    """Say which leave keeps a person from leave without pay."""
    for other in queries.list_overlapping(session, employee_id, starts_on, ends_on, []):
        return (
            f"These days fall into {other.kind.title.lower()} {write_days(other.starts_on, other.ends_on)} "
            f"({other.state.title.lower()}). Choose other days, or let it be taken back first"
        )
    return None


def _check_sum(
    session: Session,
    kept: Kept,
    employee_id: str,
    wish: Wished,
    charged: dict[dt.date, int],
    but: list[str],
) -> int:
    """Follow the balance with this leave and all that waits in it; what it stands for is not counted."""
    planned = queries.load_waiting(session, employee_id, but)
    for on, minutes in charged.items():
        days = planned.setdefault(wish.kind, {})
        days[on] = days.get(on, 0) + minutes
    for own in but:
        for kind, days in queries.load_entered(session, own).items():
            for on, minutes in days.items():
                planned.setdefault(kind, {})[on] = planned.get(kind, {}).get(on, 0) - minutes
    _, until = leave_year(kept.regime.first_period_on, wish.ends_on)
    course = follow_one(session, kept, employee_id, min(charged), until, planned)
    return rules.check_balance(kept.regime, rules.rule_of(kept.regime, wish.kind), course, charged)


add_hold(_hold)
