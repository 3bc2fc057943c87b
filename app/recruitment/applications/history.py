"""The history of an application as its pages tell it, from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable

from app.platform.audit import AuditEvent
from app.web.dates import format_moment

TITLES = {
    "recruitment.drafts.start": "Started",
    "recruitment.drafts.remind": "Reminder sent: draft, not submitted",
    "recruitment.applications.submit": "Submitted and received",
    "recruitment.applications.withdraw": "Withdrawn",
    "recruitment.screening.decide": "Screened",
    "recruitment.screening.correct": "Screening corrected",
    "recruitment.claims.decide": "Claim to preference decided",
}
OUTCOMES = {
    "eligible": "Eligible",
    "ineligible": "Not eligible",
    "verified": "Verified",
    "refused": "Refused",
}
MOVES = {
    ("assessment", "registered"): "Admitted to the examination",
    ("assessment", "none"): "No longer admitted to the examination",
    ("assessment", "present"): "Present at the examination",
    ("assessment", "absent"): "Absent from the examination",
    ("assessment", "scored"): "Examination marked",
    ("standing", "passed"): "Placed on the list",
    ("standing", "failed"): "Did not pass",
    ("standing", "none"): "Result withdrawn for correction",
    ("placement", "certified"): "Name sent to an agency",
    ("placement", "none"): "Returned to the list",
    ("placement", "selected"): "Selected",
    ("placement", "declined"): "Declined the post",
    ("placement", "passed_over"): "Not chosen this time",
    ("placement", "appointed"): "Appointed",
}


def timeline(events: Iterable[AuditEvent], zone: str, *, names: bool = False) -> list[dict[str, str]]:
    """Tell what happened, newest first; who did it only with `names`, for officers.

    Saved steps and views are left out: they are no history that anyone needs.
    """
    told = []
    for event in events:
        title = TITLES.get(event.action) or MOVES.get(
            (str(event.details.get("axis")), str(event.details.get("to")))
        )
        if title is None:
            continue
        entry = {"title": title, "at": format_moment(event.at, zone)}
        if names:
            entry["by"] = event.actor_name
        if outcome := event.details.get("outcome"):
            entry["text"] = OUTCOMES[str(outcome)]
        told.append(entry)
    return told[::-1]
