"""How long somebody has served: days in service, less breaks, as each rule of seniority.toml counts them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from app.personnel.actions.states import Standing

DAY = dt.timedelta(days=1)
FILE = Path(__file__).with_name("seniority.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of seniority; None where it sets no bound."""

    title: str
    citation: str
    leave_days: int | None = None
    break_days: int | None = None
    spared_days: int | None = None
    permanent_only: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which a person stood so, from a day up to and with another, permanently or for a time."""

    starts_on: dt.date
    ends_on: dt.date
    standing: Standing
    is_permanent: bool = True

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True, slots=True)
class Seniority:
    """Days that count on a day by a rule; `since`: when a service as long, without breaks, began."""

    rule: Rule
    days: int
    since: dt.date
    on: dt.date

    @property
    def text(self) -> str:
        """Say it in whole years and months."""
        end = self.on + DAY
        months = (end.year - self.since.year) * 12 + end.month - self.since.month
        months -= end.day < self.since.day
        years, rest = divmod(max(months, 0), 12)
        return f"{_many(years, 'year')}, {_many(rest, 'month')}"


@cache
def load() -> dict[str, Rule]:
    """Read the rules, by name."""
    return {name: Rule(**values) for name, values in tomllib.loads(FILE.read_text("utf-8")).items()}


def seniority(stretches: Iterable[Stretch], on: dt.date, rule: Rule) -> Seniority:
    """Count the days up to and with `on` that a rule counts; stretches come in order and do not overlap.

    By a rule that is `permanent_only`, provisional and temporary time counts only between permanent service.
    """
    days, between, used = 0, 0, dict[int, int]()
    for stretch in stretches:
        if stretch.starts_on > on:
            break
        known = replace(stretch, ends_on=min(stretch.ends_on, on))
        if rule.permanent_only and not known.is_permanent and known.standing is not Standing.SEPARATED:
            between += known.days if days else 0
            continue
        if known.standing is not Standing.SEPARATED:
            days += between
        between = 0
        if known.standing is Standing.SEPARATED:
            if rule.break_days is not None and known.days > rule.break_days:
                days = 0
            if rule.spared_days is not None:
                days = max(days - max(known.days - rule.spared_days, 0), 0)
            continue
        if known.standing is Standing.ON_LEAVE_WITHOUT_PAY and rule.leave_days is not None:
            days += sum(_counted(known, rule.leave_days, used))
            continue
        days += known.days
    return Seniority(rule, days, on - DAY * (days - 1) if days else on, on)


def cut(stretches: Iterable[Stretch], limited: Sequence[tuple[dt.date, dt.date]]) -> Iterator[Stretch]:
    """Cut stretches where appointments for a time begin and end; `limited` are their first and last days."""
    for stretch in stretches:
        edges = {stretch.starts_on, stretch.ends_on + DAY}
        for first, last in limited:
            edges |= {day for day in (first, last + DAY) if stretch.starts_on < day <= stretch.ends_on}
        days = sorted(edges)
        for begins, follows in pairwise(days):
            is_limited = any(first <= begins <= last for first, last in limited)
            yield Stretch(begins, follows - DAY, stretch.standing, not is_limited)


def _counted(leave: Stretch, most: int, used: dict[int, int]) -> Iterator[int]:
    """Give, year by year, how many days of a leave count; `used` is what counted of earlier leaves."""
    for year in range(leave.starts_on.year, leave.ends_on.year + 1):
        first = max(leave.starts_on, dt.date(year, 1, 1))
        last = min(leave.ends_on, dt.date(year, 12, 31))
        counts = min((last - first).days + 1, most - used.get(year, 0))
        used[year] = used.get(year, 0) + counts
        yield counts


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
