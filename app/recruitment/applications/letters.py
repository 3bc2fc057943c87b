"""The sentences that applicants are sent: the letter of receipt, the reminder, the refusal of a late one."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast
from zoneinfo import ZoneInfo

from app.notices.wording import long_date
from app.platform import links
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting

KEPT = "Your draft is kept; it is NOT submitted."
NEXT_STEPS = (
    "We compare your application with each requirement of the vacancy.",
    "If you are not eligible, we write to you with the reasons.",
    "If you are eligible, your application's page shows the day of the examination and your number.",
)


def received(posting: Posting, snapshot: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
    """Give the fields of the letter that confirms what was received."""
    return {
        "signed_by": signature(posting),
        "application_number": snapshot["number"],
        "posting_title": posting.title,
        "posting_number": posting.number,
        "received": {"at": at, "zone": posting.time_zone},
        "documents": [document["filename"] for document in snapshot["documents"]],
        "next_steps": list(NEXT_STEPS),
        "track_url": links.absolute(f"/my/applications/{snapshot['application']}"),
    }


def signature(posting: Posting) -> dict[str, str]:
    """Give who signs a letter about an application: the office, since no one person decided it."""
    return {"name": "Office of Recruitment", "title": posting.agency.name}


def address(contact: dict[str, str]) -> list[str]:
    """Give the applicant's postal address, a line each."""
    town = " ".join(part for part in (contact["town"], contact["region"], contact["postcode"]) if part)
    lines = (contact["address_line_1"], contact["address_line_2"], town, contact["country"])
    return [line for line in lines if line]


def reminder(application: Application) -> str:
    """Give the text of the mail that says, before the deadline, that a draft was not submitted."""
    posting = application.posting
    closes_at = cast(dt.datetime, posting.closes_at)  # only drafts with a deadline are reminded
    return (
        f"Dear {application.account.name},\n\n"
        f"your application for {posting.title} ({posting.number}) is a draft. It is NOT submitted.\n\n"
        f"It counts only if you submit it before {precise(closes_at, posting.time_zone)}.\n\n"
        f"Go on here: {links.absolute(f'/my/applications/{application.id}')}\n\n"
        "If you do not want to apply, you need not do anything.\n\n"
        f"{posting.agency.name}\n"
    )


def lateness(posting: Posting, at: dt.datetime) -> str:
    """Say why a submission is not taken: the moment it came in beside the moment that decides."""
    zone = posting.time_zone
    came = f"We received your submission at {precise(at, zone)}."
    if posting.opens_at is not None and at < posting.opens_at:
        return f"{came} Applications open at {precise(posting.opens_at, zone)}. {KEPT}"
    if posting.closes_at is None or at < posting.closes_at:
        return f"{came} This vacancy takes no applications now. {KEPT}"
    return f"{came} Applications closed at {precise(posting.closes_at, zone)}. {KEPT}"


def precise(at: dt.datetime, zone: str) -> str:
    """Write a moment to the second, or finer: `5:00:00.214 pm on 3 December 2026, EST (UTC−05:00)`."""
    local = at.astimezone(ZoneInfo(zone))
    fraction = f".{local.microsecond // 1000:03d}" if local.microsecond else ""
    half = "am" if local.hour < 12 else "pm"
    clock = f"{local.hour % 12 or 12}:{local:%M:%S}{fraction} {half}"
    return f"{clock} on {long_date(local.date())}, {local:%Z} (UTC{_offset(local)})"


def _offset(local: dt.datetime) -> str:
    text = f"{local:%z}"
    return f"{text[:3]}:{text[3:5]}".replace("-", "−")
