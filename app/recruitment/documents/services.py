"""Keeping and removing the documents of a draft, and recording who in the office read one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.platform import audit, storage
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound
from app.platform.ids import new_id
from app.recruitment.applications import standing
from app.recruitment.applications.models import Application, ApplicationDocument
from app.recruitment.documents.rules import MOST_DOCUMENTS, CheckedFile
from app.recruitment.drafts.services import get_draft


def store_file(checked: CheckedFile) -> str:
    """Put a checked file into the store, before the transaction that names it, and give its digest."""
    return storage.current().put(checked.content)


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
    kept = standing.live_documents(application)
    for document in kept:
        if (document.kind, document.digest) == (kind, digest):
            return document
    if len(kept) >= MOST_DOCUMENTS:
        raise Conflict(f"You can add {MOST_DOCUMENTS} documents at most. Remove one first.")
    document = ApplicationDocument(
        id=new_id("doc"),
        application_id=application_id,
        kind=kind,
        filename=checked.filename,
        media_type=checked.media_type,
        size=len(checked.content),
        digest=digest,
        uploaded_at=at,
    )
    session.add(document)
    application.saved_at = at
    session.flush()
    _record(session, "add", application, document, actor, at)
    return document


def remove_document(
    session: Session, *, application_id: str, document_id: str, actor: Actor, at: dt.datetime
) -> ApplicationDocument:
    """Take a document out of a draft, and out of the claim that it was to prove."""
    application = get_draft(session, application_id, actor)
    document = get_document(application, document_id)
    document.removed_at = application.saved_at = at
    for claim in application.claims:
        if claim.document_id == document_id:
            claim.document_id = None
    session.flush()
    _record(session, "remove", application, document, actor, at)
    return document


def get_document(application: Application, document_id: str) -> ApplicationDocument:
    """Give a document of an application that was not removed, or raise NotFound."""
    for document in standing.live_documents(application):
        if document.id == document_id:
            return document
    raise NotFound("There is no such document.")


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
