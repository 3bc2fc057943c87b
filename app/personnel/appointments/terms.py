"""For how long somebody may be appointed without a certificate, read from the cited list beside this file."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.personnel.actions import authorities
from app.personnel.actions.authorities import Authority
from app.personnel.appointments.states import AppointmentKind
from app.platform.calendars import add_months

FILE = Path(__file__).with_suffix(".toml")
REMIND_DAYS = (60, 30, 14, 7, 1)


@dataclass(frozen=True, slots=True)
class Term:
    """What a legal authority allows: a kind of appointment, for so many months at most."""

    authority: Authority
    kind: AppointmentKind
    months: int

    def latest(self, starts_on: dt.date) -> dt.date:
        """Give the last day that an appointment from a day on can have."""
        return add_months(starts_on, self.months) - dt.timedelta(days=1)

    @property
    def text(self) -> str:
        """Say what it is for, and for how long."""
        return f"{self.authority.text}, at most {self.months} months"


@dataclass(frozen=True, slots=True)
class Window:
    """How far a first day may lie from the day of the proposal, in days."""

    days_back: int
    days_ahead: int
    days_to_take_back: int
    citation: str


@cache
def load() -> dict[str, Term]:
    """Read the terms, by the code of their authority."""
    known = authorities.load()
    return {
        row["code"]: Term(known[row["code"]], AppointmentKind(row["kind"]), row["months"])
        for row in _read()["term"]
    }


@cache
def window() -> Window:
    """Read how far a first day may lie away."""
    return Window(**_read()["window"])


def is_to_take_back(starts_on: dt.date, today: dt.date) -> bool:
    """Tell whether an appointment that nobody took up can still be taken back."""
    return today <= starts_on + dt.timedelta(days=window().days_to_take_back)


def reminder_due(term_ends_on: dt.date, today: dt.date) -> int | None:
    """Give the reminder that is due: the least of REMIND_DAYS that the days left do not exceed."""
    left = (term_ends_on - today).days
    due = [days for days in REMIND_DAYS if left <= days]
    return min(due) if due and left >= 0 else None


def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))
