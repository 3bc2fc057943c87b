"""The sentences that applicants are sent: the letter of receipt, the reminder, the refusal of a late one."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast
from zoneinfo import ZoneInfo

from app.platform import links
from app.platform.locales import ExactTime
from app.platform.sentences import Sentence, say
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting

NEXT_STEPS = (
    say("We compare your application with each requirement of the vacancy."),
    say("If you are not eligible, we write to you with the reasons."),
    say("If you are eligible, your application's page shows the day of the examination and your number."),
)


def received(posting: Posting, snapshot: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
    """Give the fields of the letter that confirms what was received."""
    version, next_steps = snapshot["version"], list(NEXT_STEPS)
    if version > 1:
        next_steps.insert(
            0,
            say(
                "This is version %(version)s of your application. It takes the place of the one before.",
                version=str(version),
            ),
        )
    given = {
        "signed_by": signature(posting),
        "application_number": snapshot["number"],
        "posting_title": posting.title,
        "posting_number": posting.number,
        "received": {"at": at, "zone": posting.time_zone},
        "documents": [document["filename"] for document in snapshot["documents"]],
        "next_steps": next_steps,
        "track_url": links.absolute(f"/my/applications/{snapshot['application']}"),
    }
    if posting.closes_at is not None and at < posting.closes_at:
        given["changes_until"] = {"at": posting.closes_at, "zone": posting.time_zone}
    return given


def signature(posting: Posting) -> dict[str, str]:
    """Give who signs a letter about an application: the office, since no one person decided it."""
    return {"name": "Office of Recruitment", "title": posting.agency.name}


def address(contact: dict[str, str]) -> list[str]:
    """Give the applicant's postal address, a line each."""
    town = " ".join(part for part in (contact["town"], contact["region"], contact["postcode"]) if part)
    lines = (contact["address_line_1"], contact["address_line_2"], town, contact["country"])
    return [line for line in lines if line]


def reminder_subject(application: Application) -> Sentence:
    """Give the subject of the mail that says that a draft was not submitted."""
    title = application.posting.title
    if application.changes_id:
        return say("Your changes are NOT submitted: %(title)s", title=title)
    return say("Your application is a draft, NOT submitted: %(title)s", title=title)


def reminder(application: Application) -> list[Sentence]:
    """Give the paragraphs of the mail that says, before the deadline, that a draft was not submitted."""
    posting = application.posting
    closes_at = cast(dt.datetime, posting.closes_at)  # only drafts with a deadline are reminded
    closes, vacancy = precise(closes_at, posting.time_zone), f"{posting.title} ({posting.number})"
    if application.changes_id:
        what = say(
            "you began to change your application for %(vacancy)s. The changes are NOT submitted.",
            vacancy=vacancy,
        )
        counts = say(
            "They count only if you submit them before %(closes)s. Until then, what we received counts.",
            closes=closes,
        )
    else:
        what = say(
            "your application for %(vacancy)s is a draft. It is NOT submitted.",
            vacancy=vacancy,
        )
        counts = say("It counts only if you submit it before %(closes)s.", closes=closes)
    url = links.absolute(f"/my/applications/{application.id}")
    return [
        say("Dear %(name)s,", name=application.account.name),
        what,
        counts,
        say("Go on here: %(url)s", url=url),
        say("If you do not want to apply, you need not do anything."),
        say("You can choose which mails you get: %(url)s", url=links.absolute("/my/preferences")),
        say("%(agency)s", agency=posting.agency.name),
    ]


def lateness(posting: Posting, at: dt.datetime) -> Sentence:
    """Say why a submission is not taken: the moment it came in beside the moment that decides."""
    zone = posting.time_zone
    came = precise(at, zone)
    if posting.opens_at is not None and at < posting.opens_at:
        return say(
            "We received your submission at %(came)s. Applications open at %(opens)s. "
            "Your draft is kept; it is NOT submitted.",
            came=came,
            opens=precise(posting.opens_at, zone),
        )
    if posting.closes_at is None or at < posting.closes_at:
        return say(
            "We received your submission at %(came)s. This vacancy takes no applications now. "
            "Your draft is kept; it is NOT submitted.",
            came=came,
        )
    return say(
        "We received your submission at %(came)s. Applications closed at %(closed)s. "
        "Your draft is kept; it is NOT submitted.",
        came=came,
        closed=precise(posting.closes_at, zone),
    )


def precise(at: dt.datetime, zone: str) -> Sentence:
    """Write a moment to the second, or finer: `5:00:00.214 pm on 3 December 2026, EST (UTC−05:00)`."""
    local = at.astimezone(ZoneInfo(zone))
    named = f"{local:%Z} (UTC{_offset(local)})"
    time = ExactTime(local.time())
    return say("%(time)s on %(day)s, %(zone)s", time=time, day=local.date(), zone=named)


def _offset(local: dt.datetime) -> str:
    text = f"{local:%z}"
    return f"{text[:3]}:{text[3:5]}".replace("-", "−")
