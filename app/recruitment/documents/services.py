"""Keeping and removing the documents of a draft, and recording who in the office read one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.platform import audit, uploads
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.applications import standing
from app.recruitment.applications.models import Application, ApplicationDocument
from app.recruitment.claims.evidence import take_away
from app.recruitment.documents.rules import MOST_DOCUMENTS, CheckedFile
from app.recruitment.drafts.services import get_draft
from app.recruitment.papers.models import Paper
from app.recruitment.papers.queries import get_paper
from app.recruitment.scanning.services import note_verdict

EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store, as the rows that name it describe it."""

    filename: str
    media_type: str
    size: int
    digest: str
    expires_on: dt.date | None = None


def of_paper(paper: Paper) -> StoredFile:
    """Describe the file of one of a person's papers."""
    return StoredFile(paper.filename, paper.media_type, paper.size, paper.digest, paper.expires_on)


def store_file(checked: CheckedFile) -> str:
    """Put a checked file into the store, before the transaction that names it, and give its digest."""
    return uploads.keep(checked.content)


def add_document(
    session: Session,
    *,
    application_id: str,
    kind: str,
    checked: CheckedFile,
    digest: str,
    actor: Actor,
    at: dt.datetime,
) -> ApplicationDocument:
    """Add a stored file to a draft; the same file of the same kind is added once."""
    application = get_draft(session, application_id, actor)
    file = StoredFile(checked.filename, checked.media_type, len(checked.content), digest)
    note_verdict(session, digest=digest, verdict=checked.virus_check, at=at)
    return put_document(session, application, kind=kind, file=file, actor=actor, at=at)


def add_paper(
    session: Session, *, application_id: str, paper_id: str, kind: str, actor: Actor, at: dt.datetime
) -> ApplicationDocument:
    """Add one of the person's own papers to a draft, as a document of a kind."""
    application = get_draft(session, application_id, actor)
    paper = get_paper(session, paper_id, str(actor.id))
    return put_document(session, application, kind=kind, file=of_paper(paper), actor=actor, at=at)


def put_document(
    session: Session, application: Application, *, kind: str, file: StoredFile, actor: Actor, at: dt.datetime
) -> ApplicationDocument:
    """Put a file among an application's documents, once; evidence is counted apart from the rest."""
    kept = standing.live_documents(application)
    for document in kept:
        if (document.kind, document.digest) == (kind, file.digest):
            return document
    if sum((document.kind == EVIDENCE) == (kind == EVIDENCE) for document in kept) >= MOST_DOCUMENTS:
        raise Conflict(
            say("You can add %(count)s documents at most. Remove one first.", count=MOST_DOCUMENTS)
        )
    document = ApplicationDocument(
        id=new_id("doc"),
        application_id=application.id,
        kind=kind,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        expires_on=file.expires_on,
        uploaded_at=at,
    )
    application.documents.append(document)
    application.saved_at = at
    session.flush()
    _record(session, "add", application, document, actor, at)
    return document


def remove_document(
    session: Session, *, application_id: str, document_id: str, actor: Actor, at: dt.datetime
) -> ApplicationDocument:
    """Take a document out of a draft, and out of the claims that it was to prove."""
    application = get_draft(session, application_id, actor)
    document = get_document(application, document_id)
    document.removed_at = application.saved_at = at
    session.flush()
    take_away(session, application.claims, document_id)
    _record(session, "remove", application, document, actor, at)
    return document


def get_document(application: Application, document_id: str) -> ApplicationDocument:
    """Give a document of an application that was not removed, or raise NotFound."""
    for document in standing.live_documents(application):
        if document.id == document_id:
            return document
    raise NotFound(say("There is no such document."))


def record_download(
    session: Session,
    *,
    application: Application,
    document: ApplicationDocument,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Record that an officer read a document."""
    _record(session, "download_staff", application, document, actor, at)


def _record(
    session: Session,
    verb: str,
    application: Application,
    document: ApplicationDocument,
    actor: Actor,
    at: dt.datetime,
) -> None:
    audit.record(
        session,
        f"recruitment.documents.{verb}",
        actor=actor,
        at=at,
        subject=application.id,
        agency_id=application.posting.agency_id,
        document=document.id,
        kind=document.kind,
        digest=document.digest,
    )
