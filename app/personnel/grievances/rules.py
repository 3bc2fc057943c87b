"""The procedures: their steps, how their days are counted, and what silence means; each cites its source.

A procedure is a file of procedures/. An agency chooses one; a grievance keeps the one it was filed under.
"""

from __future__ import annotations

import datetime as dt
import enum
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.platform.calendars import add_business_days, add_days, next_business_day
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

NAMES = ("larkhaven", "california", "iowa")
USUAL = "larkhaven"
# Who is to answer is reminded so many days before the limit.
REMIND_DAYS = (3, 1)
# What a remedy or a settlement may promise: nobody plans further ahead.
LONGEST_DAYS = 730


class Unit(enum.Enum):
    CALENDAR = "calendar"
    BUSINESS = "business"


class Silence(enum.Enum):
    """What follows when a limit passes without an answer."""

    MOVES_ON = "moves_on"  # the next step opens by itself
    MAY_GO_ON = "may_go_on"  # the grievant may take the next step, as after a denial
    OUTSIDE = "outside"  # after the last step: the grievant may go to the arbitrator or board
    STAYS = "stays"  # after the last step, where nothing comes after it: the answer stays overdue


@dataclass(frozen=True, slots=True)
class Limit:
    """So many days; the day of the event is not counted."""

    days: int
    unit: Unit

    @property
    def words(self) -> str:
        return f"{self.days} {self.unit.value} days"


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step: who decides it, and by when. `outside_line`: nobody from the grievant's line of superiors."""

    title: str
    decides: str
    outside_line: bool
    answer_within: Limit
    appeal_within: Limit | None


@dataclass(frozen=True, slots=True)
class Procedure:
    name: str
    title: str
    citation: str
    read: dt.date
    file_within: Limit
    silence: Silence
    last_silence: Silence
    steps: tuple[StepRule, ...]
    outside: str | None

    def step(self, level: int) -> StepRule:
        return self.steps[level - 1]

    def is_last(self, level: int) -> bool:
        return level == len(self.steps)

    def silence_at(self, level: int) -> Silence:
        return self.last_silence if self.is_last(level) else self.silence

    def way_on(self, level: int) -> str | None:
        """Name what comes after a step; None after the last where there is nothing outside."""
        return self.outside if self.is_last(level) else self.step(level + 1).title


@cache
def procedures() -> Mapping[str, Procedure]:
    """Give every procedure by its name, in the order of NAMES."""
    folder = files(__package__) / "procedures"
    return {
        name: _procedure(name, tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))) for name in NAMES
    }


def _procedure(name: str, given: dict[str, Any]) -> Procedure:
    return Procedure(
        name,
        given["title"],
        given["citation"],
        given["read"],
        _limit(given["file_within"]),
        Silence(given["silence"]),
        Silence(given["last_silence"]),
        tuple(_step(step) for step in given["steps"]),
        given["outside"]["title"] if "outside" in given else None,
    )


def _step(given: dict[str, Any]) -> StepRule:
    appeal = given.get("appeal_within")
    return StepRule(
        given["title"],
        given["decides"],
        given.get("outside_line", False),
        _limit(given["answer_within"]),
        _limit(appeal) if appeal else None,
    )


def _limit(given: dict[str, Any]) -> Limit:
    return Limit(given["days"], Unit(given["unit"]))


def ends_on(day: dt.date, limit: Limit, holidays: Collection[dt.date]) -> dt.date:
    """Give the last day of a limit that begins with an event on a day, which is not counted.

    A limit in calendar days that ends on a Saturday, Sunday or holiday ends on the next business day.
    """
    if limit.unit is Unit.BUSINESS:
        return add_business_days(day, limit.days, holidays)
    return next_business_day(add_days(day, limit.days), holidays)


def check_filing(
    procedure: Procedure,
    *,
    happened_on: dt.date,
    today: dt.date,
    hired_on: dt.date,
    late_reason: str,
    holidays: Collection[dt.date],
) -> bool:
    """Tell whether a grievance is filed late; late without a reason, or about a day to come, is refused."""
    if happened_on > today:
        raise Invalid(happened_on="The day on which it happened cannot be after today")
    if happened_on < hired_on:
        raise Invalid(happened_on=f"You entered service on {write_date(hired_on)}. Enter a later day")
    last = ends_on(happened_on, procedure.file_within, holidays)
    if today > last and not late_reason.strip():
        raise Invalid(
            late_reason=f"The time to file ended on {write_date(last)} ({procedure.file_within.words}, "
            f"{procedure.citation}). Say why you could not file earlier"
        )
    return today > last


def check_until(until: dt.date | None, *, due_on: dt.date, today: dt.date) -> dt.date:
    """Give the new end of a limit: after the one that runs, and not in the past."""
    if until is None:
        raise Invalid(until_on="Enter the day until which there shall be time")
    if until <= max(due_on, today - dt.timedelta(days=1)):
        raise Invalid(until_on=f"The day must be after {write_date(due_on)}")
    return _not_too_far(until, today, "until_on")


def check_remedy(what: str, due_on: dt.date | None, today: dt.date, *, is_needed: bool) -> dt.date | None:
    """Give the day by which a remedy is carried out; a remedy needs one, and a day needs a remedy."""
    if not what.strip():
        if is_needed:
            raise Invalid(remedy="Enter what is done")
        if due_on is not None:
            raise Invalid(remedy="Enter what is to be done by that day")
        return None
    if due_on is None:
        raise Invalid(remedy_due_on="Enter the day by which it is done")
    if due_on < today:
        raise Invalid(remedy_due_on="The day by which it is done cannot be in the past")
    return _not_too_far(due_on, today, "remedy_due_on")


def _not_too_far(day: dt.date, today: dt.date, field: str) -> dt.date:
    if day > today + dt.timedelta(days=LONGEST_DAYS):
        raise Invalid(**{field: f"The day must be within {LONGEST_DAYS} days"})
    return day


def demand_in_time(due_on: dt.date | None, today: dt.date, procedure: Procedure) -> None:
    """Raise Conflict when the time to go on has passed."""
    if due_on is not None and today > due_on:
        raise Conflict(f"The time to go on ended on {write_date(due_on)} ({procedure.citation}).")
