"""A month as weeks of days, for calendars that fit a telephone."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month as the calendar shows it; `marks` are short, `said` is the same in words."""

    day: dt.date
    is_off: bool
    is_today: bool
    marks: tuple[str, ...] = ()
    said: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday to Sunday, None outside the month, and the months beside it."""

    title: str
    first: dt.date
    last: dt.date
    weeks: tuple[tuple[Cell | None, ...], ...]
    previous: str
    next: str


def read_month(text: str, today: dt.date) -> dt.date:
    """Read "2026-12" as the first of that month; anything else counts as this month."""
    try:
        first = dt.datetime.strptime(f"{text}-01", "%Y-%m-%d").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        first = today.replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else today.replace(day=1)


def lay_out(first: dt.date, cell: Callable[[dt.date], Cell]) -> Month:
    """Lay out the month that begins on a day; `cell` says what stands on each day."""
    span = calendar.monthrange(first.year, first.month)[1]
    last = first.replace(day=span)
    days: list[Cell | None] = [None] * first.weekday()
    days += [cell(first + dt.timedelta(days=n)) for n in range(span)]
    days += [None] * (-len(days) % 7)
    weeks = tuple(tuple(days[place : place + 7]) for place in range(0, len(days), 7))
    before, after = first - dt.timedelta(days=1), last + dt.timedelta(days=1)
    return Month(f"{first:%B %Y}", first, last, weeks, f"{before:%Y-%m}", f"{after:%Y-%m}")
