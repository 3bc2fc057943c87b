"""Dates and moments as people read them; a moment always names its zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from markupsafe import Markup

from app.platform import clock
from app.web.amounts import plural

NOT_SET = "Not set"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def format_date(day: dt.date | None) -> str:
    """Write `14 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else NOT_SET


def format_time(time: dt.time | dt.datetime) -> str:
    """Write `5:00 pm`; noon and midnight say which they are."""
    face = f"{time.hour % 12 or 12}:{time.minute:02d}"
    if time.minute == 0 and time.hour in (0, 12):
        return f"{face} {'noon' if time.hour else 'midnight'}"
    return f"{face} {'am' if time.hour < 12 else 'pm'}"


def zone_name(at: dt.datetime, zone: str) -> str:
    """Give the zone's short name at a moment, `EST`, or `UTC+03` where it has none."""
    short = at.astimezone(ZoneInfo(zone)).tzname() or zone
    return f"UTC{short}" if short[0] in "+-" else short


def format_moment(at: dt.datetime | None, zone: str = "UTC") -> str:
    """Write an aware moment in a zone: `14 November 2026, 5:00 pm EST`."""
    if at is None:
        return NOT_SET
    local = at.astimezone(ZoneInfo(zone))
    return f"{format_date(local.date())}, {format_time(local)} {zone_name(at, zone)}"


def moment_tag(at: dt.datetime, zone: str = "UTC") -> Markup:
    """Write a moment as a `time` element, to which a script adds the time on the reader's own clock."""
    stamp = at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")
    return Markup('<time datetime="{}" data-local="{}">{}</time>').format(
        stamp, "On your clock: %s", format_moment(at, zone)
    )


def relative(
    at: dt.datetime, now: dt.datetime, zone: str = "UTC", *, will: str = "closes", did: str = "closed"
) -> str:
    """Say how far a moment is: `closes in 3 days`, `closed 2 hours ago`.

    From a day on, days are counted on the zone's calendar, as a reader with a calendar would count them.
    """
    minutes = int(abs((at - now).total_seconds()) // 60)
    if minutes >= 24 * 60:
        days = abs((clock.local_date(at, zone) - clock.local_date(now, zone)).days)
        distance = plural(days, "day")
    elif minutes >= 60:
        distance = plural(minutes // 60, "hour")
    else:
        distance = plural(minutes, "minute") if minutes else "less than a minute"
    return f"{will} in {distance}" if at > now else f"{did} {distance} ago"
