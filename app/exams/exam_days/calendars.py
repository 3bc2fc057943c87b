"""Days as an iCalendar file (RFC 5545, read 2026-11-22), with the rules of each time zone in it."""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Sequence
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from app.exams.exam_days.days import Day
from app.platform import links, sealing
from app.platform.sentences import say, translate

AGAIN = dt.timedelta(hours=6)  # how often a calendar program may look again
BEFORE = dt.timedelta(days=-1)
SIGNATURE = 40  # hexadecimal digits of the keyed digest: 160 bits


def written(days: Sequence[Day], title: str) -> bytes:
    """Write the calendar in the language that is spoken; the same days give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Meritum//Exam days//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for day in days:
        calendar.add_component(_event(day))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def link_path(link_id: str) -> str:
    """Give the path of a person's own calendar: unguessable, and signed besides."""
    return f"/calendars/{link_id}/{_signatures(link_id)[0]}.ics"


def is_signed(link_id: str, signature: str) -> bool:
    """Tell whether a path was made here."""
    given = signature.lower().encode()
    return any(hmac.compare_digest(own.encode(), given) for own in _signatures(link_id))


def _event(day: Day) -> Event:
    event = Event()
    event.add("uid", f"{day.key}@{urlsplit(links.absolute('/')).hostname}")
    event.add("dtstamp", day.made_at)
    event.add("summary", translate(day.title))
    if day.starts_at is None:
        event.add("dtstart", day.on)
        event.add("dtend", day.on + dt.timedelta(days=1))
    else:
        starts_at = day.starts_at.astimezone(ZoneInfo(day.zone))
        event.add("dtstart", starts_at)
        if day.minutes:
            event.add("duration", dt.timedelta(minutes=day.minutes))
    if not day.minutes:
        event.add("transp", "TRANSPARENT")
    if day.place:
        event.add("location", day.place)
    address = links.absolute(day.path)
    event.add("description", f"{day.agency}\n{translate(day.note)}\n{address}")
    event.add("url", address)
    if day.reminds:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", translate(say("Tomorrow: %(what)s", what=day.title)))
        alarm.add("trigger", BEFORE)
        event.add_component(alarm)
    return event


def _signatures(link_id: str) -> list[str]:
    return [digest[:SIGNATURE] for digest in sealing.digests(f"calendar:{link_id}")]
