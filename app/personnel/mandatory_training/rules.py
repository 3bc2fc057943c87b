"""When training is due and when somebody is reminded, by the rules in mandates.toml."""

from __future__ import annotations

import datetime as dt
import enum
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from app.platform.calendars import add_days, add_months


@dataclass(frozen=True, slots=True)
class Mandate:
    """A rule: training within `within_days`, and again after `repeat_months` (0: once)."""

    title: str
    citation: str
    within_days: int
    repeat_months: int
    says: str


@dataclass(frozen=True, slots=True)
class Reminders:
    """So many days before the day, in falling order, and every so many days after it."""

    before: tuple[int, ...]
    after_every: int
    soon: int


def _load() -> tuple[Mapping[str, Mandate], Reminders]:
    data = tomllib.loads((Path(__file__).parent / "mandates.toml").read_text("utf-8"))
    reminders = data.pop("reminders")
    mandates = {name: Mandate(**fields) for name, fields in data.items()}
    return MappingProxyType(mandates), Reminders(
        tuple(reminders["before"]), reminders["after_every"], reminders["soon"]
    )


MANDATES, REMINDERS = _load()


class Standing(enum.Enum):
    """How a person stands on a duty."""

    CURRENT = "current"
    DUE = "due"
    OVERDUE = "overdue"

    @property
    def title(self) -> str:
        return self.value.capitalize()

    @property
    def colour(self) -> str:
        return {"current": "green", "due": "yellow", "overdue": "red"}[self.value]


def standing(due_on: dt.date | None, completed_on: dt.date | None, today: dt.date) -> Standing:
    """Tell how somebody stands: the day itself still counts, and who never took it is due at once."""
    if due_on is None:
        return Standing.CURRENT
    if due_on < today:
        return Standing.OVERDUE
    if completed_on is None or due_on <= add_days(today, REMINDERS.soon):
        return Standing.DUE
    return Standing.CURRENT


def first_due(mandate: Mandate, begins_on: dt.date) -> dt.date:
    """Give the last day for somebody who has not taken the training yet."""
    return add_days(begins_on, mandate.within_days)


def next_due(mandate: Mandate, completed_on: dt.date, expires_on: dt.date | None) -> dt.date | None:
    """Give the day by which it is to be taken again: by the rule, or sooner if the certificate ends."""
    days = [add_months(completed_on, mandate.repeat_months)] if mandate.repeat_months else []
    if expires_on is not None:
        days.append(expires_on)
    return min(days, default=None)


def reminder(due_on: dt.date, today: dt.date) -> str | None:
    """Name the reminder that is to have been sent by today; None before the first."""
    left = (due_on - today).days
    if left < 0:
        return f"{due_on.isoformat()} after {(-left - 1) // REMINDERS.after_every}"
    reached = [days for days in REMINDERS.before if left <= days]
    return f"{due_on.isoformat()} before {min(reached)}" if reached else None
