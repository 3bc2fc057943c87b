"""The history of an application as its pages tell it, from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.platform.audit import AuditEvent
from app.platform.sentences import say
from app.web.dates import format_moment

TITLES = {
    "recruitment.drafts.start": say("Started"),
    "recruitment.drafts.remind": say("Reminder sent: draft, not submitted"),
    "recruitment.applications.submit": say("Submitted and received"),
    "recruitment.applications.withdraw": say("Withdrawn"),
    "recruitment.changes.begin": say("Changes begun; what was received still counts"),
    "recruitment.changes.discard": say("Changes given up"),
    "recruitment.claims.appeal": say("Decision on a claim appealed"),
    "recruitment.claims.decide": say("Claim to preference decided"),
    "recruitment.messages.reply": say("Message from the office"),
    "recruitment.messages.show": say("Message to the office"),
    "recruitment.screening.correct": say("Screening corrected"),
    "recruitment.screening.decide": say("Screened"),
}
OUTCOMES = {
    "eligible": say("Eligible"),
    "ineligible": say("Not eligible"),
    "verified": say("Verified"),
    "refused": say("Refused"),
}
MOVES = {
    ("assessment", "registered"): say("Admitted to the examination"),
    ("assessment", "none"): say("No longer admitted to the examination"),
    ("assessment", "present"): say("Present at the examination"),
    ("assessment", "absent"): say("Absent from the examination"),
    ("assessment", "scored"): say("Examination marked"),
    ("standing", "passed"): say("Placed on the list"),
    ("standing", "failed"): say("Did not pass"),
    ("standing", "none"): say("Result withdrawn for correction"),
    ("placement", "certified"): say("Name sent to an agency"),
    ("placement", "none"): say("Returned to the list"),
    ("placement", "selected"): say("Selected"),
    ("placement", "declined"): say("Declined the post"),
    ("placement", "passed_over"): say("Not chosen this time"),
    ("placement", "appointed"): say("Appointed"),
}
YOU, OFFICE, CLOCK = say("you"), say("the office"), say("automatically")


def timeline(
    events: Iterable[AuditEvent], zone: str, *, names: bool = False, own: str | None = None
) -> list[dict[str, Any]]:
    """Tell what happened, newest first.

    Officers, with `names`, read who did it; the applicant, whose account is `own`, reads whether they, the
    office or nobody in person did. Saved steps and views are left out: they are no history that anyone needs.
    """
    told = []
    for event in events:
        title = TITLES.get(event.action) or MOVES.get(
            (str(event.details.get("axis")), str(event.details.get("to")))
        )
        if title is None:
            continue
        version = event.details.get("version")
        if event.action == "recruitment.applications.submit" and version:
            title = say("Changed; version %(version)s received", version=str(version))
        entry: dict[str, Any] = {"title": title, "at": format_moment(event.at, zone)}
        if names:
            entry["by"] = event.actor_name
        elif own is not None:
            entry["by"] = CLOCK if event.actor_id is None else YOU if event.actor_id == own else OFFICE
        if outcome := event.details.get("outcome"):
            entry["text"] = OUTCOMES.get(str(outcome), str(outcome))
        told.append(entry)
    return told[::-1]
