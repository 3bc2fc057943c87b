"""The only place that reads the clock; everything else takes `at`."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def now() -> dt.datetime:
    """Give the present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def local_date(at: dt.datetime, zone: str) -> dt.date:
    """Give the calendar date that `at` falls on in the named zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def zoned_moment(date: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Turn a wall-clock time in a zone into UTC.

    A time that the zone skips (a spring-forward gap) raises ValueError; of a time that comes twice the
    later one is taken, so that a deadline never closes an hour early.
    """
    wall = dt.datetime.combine(date, time.replace(fold=1), ZoneInfo(zone))
    moment = wall.astimezone(dt.UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise ValueError(f"{time:%H:%M} on {date} does not exist in {zone}: the clocks go forward.")
    return moment
