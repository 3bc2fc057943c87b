"""How long somebody has served: days in service, less breaks, as each rule of seniority.toml counts them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
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


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which a person stood so, from a day up to and with another."""

    starts_on: dt.date
    ends_on: dt.date
    standing: Standing

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
    """Count the days up to and with `on` that a rule counts; stretches come in order and do not overlap."""
    days, used = 0, dict[int, int]()
    for stretch in stretches:
        if stretch.starts_on > on:
            break
        known = Stretch(stretch.starts_on, min(stretch.ends_on, on), stretch.standing)
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
