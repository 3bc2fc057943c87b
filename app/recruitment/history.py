"""What happened to a requisition or a posting, from the audit trail, in words."""

from __future__ import annotations

from collections.abc import Iterable

from app.platform.audit import AuditEvent
from app.web.dates import format_moment
from app.web.filters import words

TITLES = {
    "recruitment.requisitions.create": "Requisition drafted",
    "recruitment.requisitions.edit": "Requisition changed",
    "recruitment.requisitions.submit": "Submitted for approval",
    "recruitment.requisitions.cancel": "Requisition cancelled",
    "recruitment.postings.create": "Posting drafted",
    "recruitment.postings.edit": "Posting changed",
    "recruitment.postings.criteria": "Requirements changed",
    "recruitment.postings.submit": "Submitted for approval",
    "recruitment.postings.send_back": "Sent back to draft",
    "recruitment.postings.approve": "Approved",
    "recruitment.postings.publish": "Published",
    "recruitment.postings.close": "Closed at the deadline",
    "recruitment.postings.cancel": "Posting cancelled",
    "recruitment.postings.import_file": "Imported from a file",
}


def timeline(events: Iterable[AuditEvent], zone: str) -> list[dict[str, str]]:
    """Turn events into the entries of a timeline, moments in the named zone."""
    return [
        {
            "title": _title(event),
            "at": format_moment(event.at, zone),
            "by": event.actor_name,
            "text": _text(event),
        }
        for event in events
    ]


def _title(event: AuditEvent) -> str:
    if event.action == "recruitment.requisitions.decide":
        return words(event.details.get("decision", "decided"))
    return TITLES.get(event.action, words(event.action.rpartition(".")[2]))


def _text(event: AuditEvent) -> str:
    if changed := event.details.get("changed"):
        return f"Changed: {', '.join(words(name).lower() for name in changed)}."
    return str(event.details.get("reason", ""))
