"""Dates and moments as people read them; a moment always names its zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from markupsafe import Markup

from app.platform import clock, locales
from app.platform.locales import MONTHS, write_time, zone_name
from app.platform.sentences import Sentence, say, say_count, translate

__all__ = ["MONTHS", "format_date", "format_moment", "format_time", "moment_tag", "relative", "zone_name"]

NOT_SET = say("Not set")
format_time = write_time


def format_date(day: dt.date | None) -> str:
    """Write `14 November 2026`, in the way of the language that is spoken."""
    return locales.write_date(day) if day else NOT_SET


def format_moment(at: dt.datetime | None, zone: str = "UTC") -> str:
    """Write an aware moment in a zone: `14 November 2026, 5:00 pm EST`."""
    return locales.write_moment(at, zone) if at else NOT_SET


def moment_tag(at: dt.datetime, zone: str = "UTC") -> Markup:
    """Write a moment as a `time` element, to which a script adds the time on the reader's own clock."""
    stamp = at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")
    return Markup('<time datetime="{}" data-local="{}">{}</time>').format(
        stamp, translate(say("On your clock: {moment}")).replace("{moment}", "%s"), format_moment(at, zone)
    )


def relative(
    at: dt.datetime, now: dt.datetime, zone: str = "UTC", *, will: str = "closes", did: str = "closed"
) -> Sentence:
    """Say how far a moment is: `closes in 3 days`, `closed 2 hours ago`; only the distance without a verb.

    From a day on, days are counted on the zone's calendar, as a reader with a calendar would count them.
    """
    is_ahead = at > now
    minutes = int(abs((at - now).total_seconds()) // 60)
    if minutes >= 24 * 60:
        days = abs((clock.local_date(at, zone) - clock.local_date(now, zone)).days)
        distance = _days(days, is_ahead)
    elif minutes >= 60:
        distance = _hours(minutes // 60, is_ahead)
    else:
        distance = _minutes(minutes, is_ahead)
    verb = _VERBS.get(will if is_ahead else did, will if is_ahead else did)
    return say("%(verb)s %(distance)s", verb=verb, distance=distance) if verb else distance


_VERBS = {
    "closes": say("closes"),
    "closed": say("closed"),
    "Closes": say("Closes"),
    "Closed": say("Closed"),
    "that is": say("that is"),
    "that was": say("that was"),
}


def _days(days: int, is_ahead: bool) -> Sentence:
    if is_ahead:
        return say_count("in %(count)s day", "in %(count)s days", days)
    return say_count("%(count)s day ago", "%(count)s days ago", days)


def _hours(hours: int, is_ahead: bool) -> Sentence:
    if is_ahead:
        return say_count("in %(count)s hour", "in %(count)s hours", hours)
    return say_count("%(count)s hour ago", "%(count)s hours ago", hours)


def _minutes(minutes: int, is_ahead: bool) -> Sentence:
    if minutes == 0:
        return say("in less than a minute") if is_ahead else say("less than a minute ago")
    if is_ahead:
        return say_count("in %(count)s minute", "in %(count)s minutes", minutes)
    return say_count("%(count)s minute ago", "%(count)s minutes ago", minutes)
