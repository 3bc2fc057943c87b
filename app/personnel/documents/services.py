"""Changing the papers of a personnel file: adding one, taking one out, noting who opened it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.documents import queries
from app.personnel.documents.models import PersonnelDocument
from app.personnel.documents.states import APART, DocumentKind
from app.personnel.employees.models import Employee
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Paper:
    """A stored file and what it is; its content was checked before it was stored."""

    kind: DocumentKind
    title: str
    filename: str
    media_type: str
    size: int
    digest: str


def add_document(
    session: Session, *, employee_id: str, paper: Paper, actor: Actor, at: dt.datetime
) -> PersonnelDocument:
    """Put a paper on a person's file; medical papers and those of investigations ask for their permission."""
    employee = queries.get_owner(session, employee_id, actor, "personnel.documents.add")
    if paper.kind in APART:
        actor.demand("personnel.documents.show_apart", employee.agency_id)
    _demand_not_own(employee, actor)
    if not paper.title.strip():
        raise Invalid(title="Enter what the paper is")
    return add_papers(session, employee, [paper], action_id=None, actor=actor, at=at)[0]


def add_papers(
    session: Session,
    employee: Employee,
    papers: Sequence[Paper],
    *,
    action_id: str | None,
    actor: Actor,
    at: dt.datetime,
) -> list[PersonnelDocument]:
    """Put papers on a file; it belongs to the act that has checked who may, such as a proposed action."""
    made = [
        PersonnelDocument(
            id=new_id("pfd"),
            employee_id=employee.id,
            action_id=action_id,
            kind=paper.kind,
            title=paper.title.strip(),
            filename=paper.filename,
            media_type=paper.media_type,
            size=paper.size,
            digest=paper.digest,
            added_by=str(actor.id),
            added_at=at,
        )
        for paper in papers
    ]
    session.add_all(made)
    session.flush()
    for document in made:
        _record(session, "add", document, employee, actor, at, kind=document.kind, digest=document.digest)
    return made


def remove_document(
    session: Session, *, document_id: str, reason: str, actor: Actor, at: dt.datetime
) -> PersonnelDocument:
    """Take a paper out of a file, with the reason; the row and the stored file stay for the auditor."""
    document = queries.get_document(session, document_id, actor, "personnel.documents.remove", lock=True)
    _demand_not_own(document.employee, actor)
    if document.removed_at is not None:
        raise Conflict("This paper was taken out already.")
    if not reason.strip():
        raise Invalid(reason="Enter the reason for taking the paper out")
    document.removed_by, document.removed_at, document.removal_reason = actor.id, at, reason.strip()
    session.flush()
    _record(session, "remove", document, document.employee, actor, at)
    return document


def open_document(session: Session, *, document_id: str, actor: Actor, at: dt.datetime) -> PersonnelDocument:
    """Give a paper to somebody of the office, and note who opened it."""
    document = queries.get_document(session, document_id, actor, "personnel.documents.download")
    _record(session, "download", document, document.employee, actor, at)
    return document


def _demand_not_own(employee: Employee, actor: Actor) -> None:
    if employee.account_id is not None and employee.account_id == actor.id:
        raise Conflict("Somebody else has to keep your own file.")


def _record(
    session: Session,
    act: str,
    document: PersonnelDocument,
    employee: Employee,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"personnel.documents.{act}",
        actor=actor,
        at=at,
        subject=employee.id,
        agency_id=employee.agency_id,
        document=document.id,
        **details,
    )
