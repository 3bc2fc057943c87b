"""The sentences that an applicant is sent when screening is decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app.platform import clock
from app.recruitment.applications.letters import signature
from app.recruitment.applications.models import Application
from app.recruitment.screening.rules import Decision

# A local rule of the office: calendar days from the day after the letter, to the end of the last one's
# working hours. Places differ; five to thirty days are usual.
REVIEW_DAYS = 10
REVIEW_HOUR = dt.time(17, 0)
OTHER_GROUND = "The requirements of this vacancy as a whole"
HOW = (
    "Write to us before this moment. Say which reason you think is wrong and why, and add any paper that "
    "shows it. An officer who did not take part in the decision looks at your application again."
)


def not_eligible(
    application: Application, reason: str, decisions: Mapping[str, Decision], at: dt.datetime
) -> dict[str, Any]:
    """Give the fields of the letter that says why an application cannot go on, and how to contest it."""
    posting = application.posting
    decided_on = clock.local_date(at, posting.time_zone)
    unmet = [
        {"requirement": _line(criterion.statement), "finding": _line(decisions[criterion.id].reason)}
        for criterion in posting.criteria
        if criterion.is_essential and not decisions[criterion.id].is_met
    ]
    deadline = clock.zoned_moment(decided_on + dt.timedelta(days=REVIEW_DAYS), REVIEW_HOUR, posting.time_zone)
    return {
        "signed_by": signature(posting),
        "application_number": application.number,
        "posting_title": posting.title,
        "posting_number": posting.number,
        "decided_on": decided_on,
        "reasons": unmet or [{"requirement": OTHER_GROUND, "finding": _line(reason)}],
        "review": {
            "deadline": {"at": deadline, "zone": posting.time_zone},
            "how": HOW,
            "where": [posting.agency.name, posting.agency.contact_email, posting.agency.contact_phone],
        },
    }


def eligible_after_all(application: Application, address_of_page: str) -> str:
    """Give the text of the mail that takes a refusal back."""
    return (
        f"Dear {application.applicant_name},\n\n"
        f"we looked at your application {application.number} for {application.posting.title} again.\n"
        "The earlier decision is corrected: you are eligible. The letter that said otherwise no longer "
        "counts.\n\n"
        f"See where your application stands: {address_of_page}\n\n"
        f"{application.posting.agency.name}\n"
    )


def _line(text: str) -> str:
    """Bring a text that may have several lines to one paragraph, as letters print it."""
    return " ".join(text.split())
