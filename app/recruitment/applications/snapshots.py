"""What was received, frozen: one JSON document whose digest stands on the receipt."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from app.platform.audit import canonical
from app.recruitment.applications.models import Application
from app.recruitment.applications.rules import LISTS

FORMAT = "meritum-application-1"
DECLARATION = (
    "I declare that everything in this application is true and complete to the best of my knowledge. "
    "I understand that a false statement can end my application or my appointment."
)


def make_snapshot(application: Application, *, number: str, at: dt.datetime) -> dict[str, Any]:
    """Write down an application, loaded whole, as it is received at `at`; plain JSON values only."""
    posting = application.posting
    sections = {section.section: section.data for section in application.sections}
    answers = sections.get("answers", {})
    documents = [document for document in application.documents if document.removed_at is None]
    return {
        "format": FORMAT,
        "number": number,
        "application": application.id,
        "account": application.account_id,
        "received_at": at.astimezone(dt.UTC).isoformat(),
        "posting": {"id": posting.id, "number": posting.number, "title": posting.title},
        "contact": sections["contact"],
        **{name: _entries(sections[name]) for name in LISTS},
        "answers": [
            {
                "criterion": criterion.id,
                "statement": criterion.statement,
                "is_essential": criterion.is_essential,
                "answer": answers.get(criterion.id, ""),
            }
            for criterion in posting.criteria
        ],
        "claims": [{"kind": claim.kind, "document": claim.document_id} for claim in application.claims],
        "documents": [
            {
                "id": document.id,
                "kind": document.kind,
                "filename": document.filename,
                "media_type": document.media_type,
                "size": document.size,
                "sha256": document.digest,
            }
            for document in documents
        ],
        "declaration": DECLARATION,
    }


def write(snapshot: dict[str, Any]) -> bytes:
    """Write a snapshot as the file whose SHA-256 is the digest on the receipt."""
    return canonical(snapshot).encode()


def digest_of(snapshot: dict[str, Any]) -> str:
    """Give the SHA-256 of a snapshot's canonical JSON, in hexadecimal."""
    return hashlib.sha256(write(snapshot)).hexdigest()


def _entries(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the entries of a list without what only the form needs."""
    return [
        {name: value for name, value in entry.items() if name not in ("id", "is_complete")}
        for entry in data["entries"]
    ]
