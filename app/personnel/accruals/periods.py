"""Pay periods of fourteen days, and the leave years that are made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

PERIOD = dt.timedelta(days=14)
DAY = dt.timedelta(days=1)


def period_of(first_on: dt.date, day: dt.date) -> dt.date:
    """Give the first day of the pay period that a day falls in; `first_on` begins any one of them."""
    return first_on + (day - first_on) // PERIOD * PERIOD


def last_day(start: dt.date) -> dt.date:
    """Give the last day of the pay period that begins on a day."""
    return start + PERIOD - DAY


def year_begins(first_on: dt.date, year: int) -> dt.date:
    """Give the first day of the first full pay period of a calendar year (5 CFR 630.201, leave year)."""
    begun = period_of(first_on, dt.date(year, 1, 1))
    return begun if begun.year == year else begun + PERIOD


def leave_year(first_on: dt.date, day: dt.date) -> tuple[dt.date, dt.date]:
    """Give the first and last day of the leave year that a day falls in."""
    year = day.year if day >= year_begins(first_on, day.year) else day.year - 1
    return year_begins(first_on, year), year_begins(first_on, year + 1) - DAY


def is_last_full(start: dt.date) -> bool:
    """Tell whether a pay period is the last one that lies whole in its calendar year.

    5 U.S.C. 6303(a)(2) speaks of the last full biweekly pay period in the year, not in the leave year.
    """
    return last_day(start).year == start.year != last_day(start + PERIOD).year


def begins_year(start: dt.date) -> bool:
    """Tell whether a pay period is the first full one of its calendar year."""
    return (start - PERIOD).year != start.year


def list_ended(first: dt.date, today: dt.date) -> Iterator[dt.date]:
    """Give the first days of pay periods from `first` on that are over before today, in order."""
    while last_day(first) < today:
        yield first
        first += PERIOD
