"""Ledgers follow a service that ended earlier, or later, than was known when they were posted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.personnel.accruals import courses, queries
from app.personnel.accruals.courses import Course
from app.personnel.accruals.periods import DAY, last_day, period_of
from app.personnel.accruals.queries import Kept, Posted
from app.personnel.accruals.regimes import Regime
from app.personnel.accruals.rules import Service
from app.personnel.leave.queries import load_balances
from app.personnel.leave.services import NewEntry, enter
from app.personnel.leave.states import EntrySort, LeaveKind

Span = tuple[dt.date, dt.date | None]
Days = dict[dt.date, int]
# What is written between the key of an entry and the number of its correction.
CORRECTS = "~"


@dataclass(frozen=True, slots=True)
class Difference:
    """Minutes by which a day's posting under a key has to change."""

    key: str
    kind: LeaveKind
    on: dt.date
    minutes: int


def follow_service(session: Session, employee_id: str, agency_id: str, *, at: dt.datetime) -> int:
    """Correct what the clock has posted for days on which a person did not serve, and count the entries.

    Nothing is deleted: each correction is an entry with its reason. Where service goes on after all, what was
    taken out comes back the same way. Done twice it changes nothing; the caller records.
    """
    row = queries.get_row_to_post(session, agency_id)  # nobody posts for this person meanwhile
    posted = queries.list_posted(session, employee_id) if row else []
    if row is None or not posted:
        return 0
    kept = queries.describe(row)
    spans = queries.list_employed(session, employee_id)
    wanted = _wanted(session, kept, employee_id, spans)
    found = differences(posted, spans, wanted)
    numbers = {one.key: 0 for one in found}
    for one_posted in posted:
        base = one_posted.key.partition(CORRECTS)[0]
        if base in numbers:
            numbers[base] += 1
    entries = []
    for one in found:
        key = f"{one.key}{CORRECTS}{numbers[one.key]}"
        numbers[one.key] += 1
        basis = f"Service as known now: {_words(spans)}"
        entries.append(
            NewEntry(employee_id, agency_id, one.kind, EntrySort.CORRECTED, one.minutes, one.on, key, basis)
        )
    return enter(session, entries, by=None, at=at)


def differences(
    posted: Iterable[Posted], spans: Sequence[Span], wanted: Mapping[str, tuple[dt.date, int]]
) -> list[Difference]:
    """Give what has to be entered so that each key stands as service wants it.

    What was posted for a day of service stands. Of the rest only what `wanted` names by its key does: the
    part of a pay period that was served before a last day.
    """
    held: dict[str, Days] = {}
    kinds: dict[str, LeaveKind] = {}
    goal: dict[str, Days] = {}
    for row in posted:
        base, is_correction, _ = row.key.partition(CORRECTS)
        days = held.setdefault(base, {})
        days[row.on] = days.get(row.on, 0) + row.minutes
        kinds[base] = row.kind
        if not is_correction:
            if is_employed(row.on, spans):
                goal[base] = {row.on: row.minutes}
            elif base in wanted:
                goal[base] = dict([wanted[base]])
    return [
        Difference(base, kinds[base], on, minutes)
        for base, days in held.items()
        for on in sorted({*days, *goal.get(base, {})})
        if (minutes := goal.get(base, {}).get(on, 0) - days.get(on, 0))
    ]


def is_employed(day: dt.date, spans: Iterable[Span]) -> bool:
    """Tell whether a day lies in one of the spans of a person's employment."""
    return any(first <= day and (last is None or day <= last) for first, last in spans)


def part_served(
    regime: Regime,
    ceiling: str,
    service: Service,
    last: dt.date,
    holidays: Collection[dt.date],
    course: Course,
) -> dict[str, tuple[dt.date, int]]:
    """Give by key what the pay period of a last day earns, where that day is not its end."""
    start = period_of(regime.first_period_on, last)
    if last_day(start) == last:
        return {}
    credits = courses.run(regime, ceiling, service, [start], holidays, course)
    return {credit.key: (credit.on, credit.minutes) for credit in credits if credit.on <= last}


def _wanted(
    session: Session, kept: Kept, employee_id: str, spans: Sequence[Span]
) -> dict[str, tuple[dt.date, int]]:
    service = queries.load_services(session, [employee_id])[employee_id]
    holidays = load_days(session, kept.agency_id, since=kept.kept_from)
    found: dict[str, tuple[dt.date, int]] = {}
    for _, last in spans:
        if last is not None and last >= kept.kept_from:
            before = period_of(kept.regime.first_period_on, last) - DAY
            balances = load_balances(session, [employee_id], before).get(employee_id, {})
            moves = queries.load_others(session, employee_id, before)
            course = Course(before, balances, moves)
            found |= part_served(kept.regime, kept.ceiling, service, last, holidays, course)
    return found


def _words(spans: Sequence[Span]) -> str:
    told = [f"from {first}" + (f" to {last}" if last else "") for first, last in spans[-3:]]
    return ", ".join(told) or "none"
