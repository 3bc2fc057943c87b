"""What was received, frozen: one JSON document whose digest stands on the receipt."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from app.platform.audit import canonical
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.rules import LISTS

FORMAT = "meritum-application-2"
PURGED = "meritum-application-purged-1"
NOBODY = "Deleted"
# What a list's entry holds for the page that writes it alone.
BOOKKEEPING = frozenset({"id", "is_complete", "saved_at", "writer"})
DECLARATION = say(
    "I declare that everything in this application is true and complete to the best of my knowledge. "
    "I understand that a false statement can end my application or my appointment."
)


def finish(content: dict[str, Any], *, number: str, version: int, at: dt.datetime) -> dict[str, Any]:
    """Give the snapshot of what was written down, now that it is received: its number, version and moment."""
    return content | {
        "number": number,
        "version": version,
        "received_at": at.astimezone(dt.UTC).isoformat(),
    }


def write_down(application: Application) -> dict[str, Any]:
    """Write down an application, loaded whole, as the office will see it; plain JSON values only.

    A step that was not taken is left empty, so that a draft can be shown as it would be received.
    """
    posting = application.posting
    sections = {section.section: section.data for section in application.sections}
    answers = sections.get("answers", {})
    documents = [document for document in application.documents if document.removed_at is None]
    return {
        "format": FORMAT,
        "application": application.changes_id or application.id,
        "account": application.account_id,
        "posting": {"id": posting.id, "number": posting.number, "title": posting.title},
        "eligibility": _eligibility(application, sections.get("eligibility", {})),
        "contact": sections.get("contact", {}),
        **{name: _entries(sections.get(name, {})) for name in LISTS},
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
        "declaration": str.__str__(DECLARATION),
    }


def purged(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Give what is left of a snapshot whose time is over: a frame in which pages find nothing to show."""
    frame = ("number", "version", "received_at", "application", "posting")
    empty: dict[str, Any] = {name: [] for name in (*LISTS, "eligibility", "answers", "claims", "documents")}
    left = {name: snapshot[name] for name in frame if name in snapshot}
    return {"format": PURGED, "contact": {"full_name": NOBODY}, "declaration": "", **empty, **left}


def is_purged(snapshot: dict[str, Any] | None) -> bool:
    """Tell whether the content of what was received was deleted when its time was over."""
    return snapshot is not None and snapshot.get("format") == PURGED


def write(snapshot: dict[str, Any]) -> bytes:
    """Write a snapshot as the file whose SHA-256 is the digest on the receipt."""
    return canonical(snapshot).encode()


def digest_of(snapshot: dict[str, Any]) -> str:
    """Give the SHA-256 of a snapshot's canonical JSON, in hexadecimal."""
    return hashlib.sha256(write(snapshot)).hexdigest()


def _entries(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the entries of a list without what only the form needs."""
    return [
        {name: value for name, value in entry.items() if name not in BOOKKEEPING}
        for entry in data.get("entries", ())
    ]


def _eligibility(application: Application, answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the questions with their answers, and what the law says to each."""
    return [
        {
            "question": question.id,
            "text": question.question,
            "answer": answers.get(question.id, ""),
            "is_lawful": answers.get(question.id) in question.lawful,
            "is_advisory": question.is_advisory,
            "explanation": question.explanation,
            "source": question.source,
        }
        for question in application.posting.questions
    ]
