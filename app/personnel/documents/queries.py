"""Reading the papers of a personnel file; those that stand apart only with their own permission."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.personnel.documents.models import PersonnelDocument
from app.personnel.documents.states import APART, DocumentKind
from app.personnel.employees.models import Employee
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

SHOW_APART = "personnel.documents.show_apart"


def visible_to(actor: Actor, permission: str) -> ColumnElement[bool]:
    """Give the condition on papers of people in one's agencies, joined; those apart by their permission.

    Nobody sees papers of an investigation of oneself, whatever one's office.
    """
    is_plain = PersonnelDocument.kind.not_in(APART)
    return (
        scope.within(Employee.agency_id, actor, permission)
        & or_(is_plain, scope.within(Employee.agency_id, actor, SHOW_APART))
        & or_(
            PersonnelDocument.kind != DocumentKind.INVESTIGATION,
            Employee.account_id.is_(None),
            Employee.account_id != actor.id,
        )
    )


def get_owner(session: Session, employee_id: str, actor: Actor, permission: str) -> Employee:
    """Give the person whose file it is, with the agency, or raise NotFound."""
    employee = session.scalar(
        select(Employee)
        .where(Employee.id == employee_id, scope.within(Employee.agency_id, actor, permission))
        .options(joinedload(Employee.agency))
    )
    if employee is None:
        raise NotFound("There is no such employee.")
    return employee


def get_document(
    session: Session, document_id: str, actor: Actor, permission: str, *, lock: bool = False
) -> PersonnelDocument:
    """Give a paper with its person, or raise NotFound."""
    found = (
        select(PersonnelDocument)
        .join(Employee, Employee.id == PersonnelDocument.employee_id)
        .where(PersonnelDocument.id == document_id, visible_to(actor, permission))
        .options(contains_eager(PersonnelDocument.employee), joinedload(PersonnelDocument.adder))
    )
    if lock:
        found = found.with_for_update(of=PersonnelDocument)
    document = session.scalar(found)
    if document is None:
        raise NotFound("There is no such paper.")
    return document


def list_documents(session: Session, employee_id: str) -> list[PersonnelDocument]:
    """List the papers of a file, the newest first, those taken out too; not those that stand apart."""
    return _list(session, employee_id, PersonnelDocument.kind.not_in(APART))


def list_apart(session: Session, employee: Employee, actor: Actor) -> list[PersonnelDocument]:
    """List papers apart from a file, the newest first, removed ones too; no investigation of oneself."""
    is_own = employee.account_id is not None and employee.account_id == actor.id
    kinds = APART - {DocumentKind.INVESTIGATION} if is_own else APART
    return _list(session, employee.id, PersonnelDocument.kind.in_(kinds))


def _list(session: Session, employee_id: str, condition: ColumnElement[bool]) -> list[PersonnelDocument]:
    return list(
        session.scalars(
            select(PersonnelDocument)
            .where(PersonnelDocument.employee_id == employee_id, condition)
            .options(joinedload(PersonnelDocument.adder))
            .order_by(PersonnelDocument.added_at.desc(), PersonnelDocument.id.desc())
        )
    )


def get_own(session: Session, document_id: str, account_id: str | None) -> PersonnelDocument:
    """Give a paper of the account holder's own file, or raise NotFound."""
    document = session.scalar(
        select(PersonnelDocument)
        .join(Employee, Employee.id == PersonnelDocument.employee_id)
        .where(
            PersonnelDocument.id == document_id,
            Employee.account_id == account_id,
            PersonnelDocument.removed_at.is_(None),
            PersonnelDocument.kind != DocumentKind.INVESTIGATION,
        )
    )
    if document is None:
        raise NotFound("There is no such paper on your file.")
    return document


def list_of_action(session: Session, action_id: str) -> list[PersonnelDocument]:
    """List the papers that came with a personnel action."""
    return list(
        session.scalars(
            select(PersonnelDocument)
            .where(PersonnelDocument.action_id == action_id, PersonnelDocument.removed_at.is_(None))
            .order_by(PersonnelDocument.id)
        )
    )


def list_own(session: Session, employee_id: str) -> list[PersonnelDocument]:
    """List what a person finds on the own file: without papers of investigations and those taken out."""
    return list(
        session.scalars(
            select(PersonnelDocument)
            .where(
                PersonnelDocument.employee_id == employee_id,
                PersonnelDocument.removed_at.is_(None),
                PersonnelDocument.kind != DocumentKind.INVESTIGATION,
            )
            .order_by(PersonnelDocument.added_at.desc(), PersonnelDocument.id.desc())
        )
    )
