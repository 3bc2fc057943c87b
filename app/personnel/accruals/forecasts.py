"""Loading how people's balances will go: what is entered, and what the pay periods ahead bring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.personnel.accruals import courses, expiry, queries
from app.personnel.accruals.courses import Course
from app.personnel.accruals.expiry import Dated, Move
from app.personnel.accruals.periods import DAY, PERIOD, list_ended, period_of
from app.personnel.accruals.queries import Kept
from app.personnel.accruals.rules import Credit
from app.personnel.leave.queries import load_balances
from app.personnel.leave.states import LeaveKind

Planned = Mapping[LeaveKind, Mapping[dt.date, int]]


@dataclass(frozen=True, slots=True)
class Followed:
    """A person's course up to a day, with what the pay periods not posted yet put into it."""

    employee_id: str
    course: Course
    credits: list[Credit]


def follow(
    session: Session,
    kept: Kept,
    people: Sequence[str],
    until: dt.date,
    *,
    since: dt.date | None = None,
    planned: Planned | None = None,
) -> Iterator[Followed]:
    """Follow the balances of people to a day, through each pay period that ends by then and is not posted.

    The courses begin before the first such period, or at the end of the day before `since` if that is
    earlier. `planned` are minutes by kind and day that are to be taken besides what is entered.
    """
    periods = list(list_ended(kept.kept_from, until + DAY))
    holidays = load_days(session, kept.agency_id, since=kept.kept_from)
    last = queries.map_last_accruals(session, people)
    first_on = kept.regime.first_period_on
    begins = {own: _next(first_on, last.get(own), kept.kept_from) for own in people}
    from_day = min([*begins.values(), *([since] if since else [])], default=kept.kept_from) - DAY
    balances = load_balances(session, people, from_day)
    moves = queries.load_moves(session, people, from_day)
    done = queries.load_keys(session, people, from_day)
    services = queries.load_services(session, people)
    expiring = queries.list_expiring(session, people, until)
    for own in people:
        course = Course(from_day, balances.get(own, {}), moves.get(own, {}))
        _plan(course, planned or {})
        due = [start for start in periods if start >= begins[own]]
        credits = courses.run(
            kept.regime, kept.ceiling, services[own], due, holidays, course, done.get(own, ())
        )
        followed = Followed(own, course, list(credits))
        for (whose, kind), dated in expiring.items():
            if whose == own:
                _expire(kept, kind, dated, planned or {}, course, until, services[own].ended_on)
        yield followed


def follow_one(
    session: Session,
    kept: Kept,
    employee_id: str,
    since: dt.date,
    until: dt.date,
    planned: Planned | None = None,
) -> Course:
    """Follow one person's balances from a day to another."""
    return next(follow(session, kept, [employee_id], until, since=since, planned=planned)).course


def _plan(course: Course, planned: Planned) -> None:
    for kind, days in planned.items():
        for day, minutes in days.items():
            course.add(kind, day, -minutes)


def _expire(
    kept: Kept,
    kind: LeaveKind,
    dated: Dated,
    planned: Planned,
    course: Course,
    until: dt.date,
    last: dt.date | None,
) -> None:
    """Let what is not used by its last day go from the course, as the clock will book it."""
    law = kept.regime.kinds[LeaveKind.ANNUAL].restored_law
    wished = [Move(day, -minutes) for day, minutes in planned.get(kind, {}).items()]
    whole = Dated([*dated.moves, *wished], dated.entered, dated.numbers)
    for lost in expiry.credits(kind, whole, until, last, law):
        if lost.on > course.since:
            course.add(kind, lost.on, lost.minutes)


def _next(first_on: dt.date, last: dt.date | None, first: dt.date) -> dt.date:
    """Give the first period not posted: the one after that of the last accrual, else the first one kept."""
    return first if last is None else max(first, period_of(first_on, last) + PERIOD)
