"""How a person's balances go from day to day: what is entered, and what pay periods will bring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.personnel.accruals.periods import PERIOD, begins_year, last_day
from app.personnel.accruals.regimes import Regime
from app.personnel.accruals.rules import DAY, Credit, Service, earn, forfeit
from app.personnel.leave.states import LeaveKind


@dataclass(slots=True)
class Course:
    """Balances at the end of `since` and what moves them after it, in minutes by kind and day."""

    since: dt.date
    balances: Mapping[LeaveKind, int]
    moves: dict[LeaveKind, dict[dt.date, int]] = field(default_factory=dict)

    def add(self, kind: LeaveKind, on: dt.date, minutes: int) -> None:
        """Let minutes come or go on a day."""
        moves = self.moves.setdefault(kind, {})
        moves[on] = moves.get(on, 0) + minutes

    def at(self, kind: LeaveKind, day: dt.date) -> int:
        """Give the balance of a kind at the end of a day from `since` on."""
        moved = sum(minutes for on, minutes in self.moves.get(kind, {}).items() if on <= day)
        return self.balances.get(kind, 0) + moved

    def coming(self, kind: LeaveKind, day: dt.date, until: dt.date) -> int:
        """Give what comes into a ledger after a day and up to another, without what goes."""
        moves = self.moves.get(kind, {})
        return sum(minutes for on, minutes in moves.items() if day < on <= until and minutes > 0)

    def days(self, kind: LeaveKind) -> list[dt.date]:
        """List the days on which a ledger moves, in order."""
        return sorted(self.moves.get(kind, {}))


def run(
    regime: Regime,
    ceiling: str,
    service: Service,
    periods: Iterable[dt.date],
    holidays: Collection[dt.date],
    course: Course,
    done: Collection[str] = (),
) -> Iterator[Credit]:
    """Give what pay periods earn and leave years' ends take, in order, and let the course go with it.

    `periods` are first days, in order and all after the course begins. What stands in `done`, by key, is
    in the course already. The clock posts and the calendar foresees by this one function.
    """
    for start in periods:
        end = last_day(start)
        for credit in earn(regime, service, start, holidays, lambda kind, end=end: course.at(kind, end)):  # type: ignore[misc]
            if credit.key not in done:
                course.add(credit.kind, credit.on, credit.minutes)
                yield credit
        begins = start + PERIOD
        # what is left when service ends is paid out, so no leave year's end takes of it any more
        if begins_year(begins) and (service.ended_on is None or begins <= service.ended_on):
            yield from _close(regime, ceiling, begins, course, done)


def _close(
    regime: Regime, ceiling: str, begins: dt.date, course: Course, done: Collection[str]
) -> Iterator[Credit]:
    for rule in regime.kinds.values():
        if ceiling in rule.ceilings:
            lost = forfeit(rule, ceiling, begins, course.at(rule.kind, begins - DAY))
            if lost is not None and lost.key not in done:
                course.add(lost.kind, lost.on, lost.minutes)
                yield lost
