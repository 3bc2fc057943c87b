"""The days and deadlines of an application as a calendar file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from icalendar import Calendar, Event

from app.platform import links
from app.platform.sentences import say, translate
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.following.facts import Fact, FactKind

SPAN = dt.timedelta(minutes=30)  # a deadline is shown as the half hour before it


def write(application: Application, facts: Sequence[Fact], at: dt.datetime) -> bytes:
    """Write the deadline of a draft, the applicant's tasks that have one, and the days to keep."""
    calendar = Calendar()
    calendar.add("prodid", "-//Meritum//Application//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", application.posting.title)
    posting = application.posting
    if application.submission is Submission.DRAFT and posting.closes_at is not None:
        title = translate(say("Last moment to submit: %(title)s", title=posting.title))
        _add(calendar, application, "close", str(title), posting.closes_at, at)
    for number, fact in enumerate(facts):
        moment = fact.at or fact.on
        if fact.kind is not FactKind.EVENT and moment is not None:
            _add(calendar, application, f"fact-{number}", str(translate(fact.title)), moment, at)
    content: bytes = calendar.to_ical()
    return content


def _add(
    calendar: Calendar, application: Application, key: str, title: str, moment: dt.date, at: dt.datetime
) -> None:
    event = Event()
    event.add("uid", f"{application.id}-{key}@meritum")
    event.add("dtstamp", at)
    event.add("summary", title)
    if isinstance(moment, dt.datetime):
        event.add("dtstart", moment - SPAN)
        event.add("dtend", moment)
    else:
        event.add("dtstart", moment)
        event.add("dtend", moment + dt.timedelta(days=1))
    event.add("url", links.absolute(f"/my/applications/{application.id}"))
    calendar.add_component(event)
