"""Reading employees, and the letters sent to one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from app.notices import queries as notice_queries
from app.notices.models import Notice
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.personnel.service_records.models import ServiceRecord
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

SHOW = "personnel.employees.show"
MOST_LETTERS = 50
ORDERS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = MappingProxyType(
    {
        "name": (Employee.name, Employee.id),
        "number": (Employee.number, Employee.id),
        "hired": (Employee.hired_on, Employee.id),
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; `state` None and an empty text narrow nothing."""

    agency_id: str = ""
    state: EmployeeState | None = None
    text: str = ""
    unit: str = ""
    grade: str = ""


def visible_to(actor: Actor, permission: str = SHOW) -> ColumnElement[bool]:
    """Give the condition on employees of the agencies in which the actor holds the permission."""
    return scope.within(Employee.agency_id, actor, permission)


def get_employee(session: Session, employee_id: str, actor: Actor, permission: str = SHOW) -> Employee:
    """Give an employee with the agency, or raise NotFound."""
    employee = session.scalar(
        select(Employee)
        .where(Employee.id == employee_id, visible_to(actor, permission))
        .options(joinedload(Employee.agency))
    )
    if employee is None:
        raise NotFound("There is no such employee.")
    return employee


def find_own_employee(session: Session, account_id: str | None) -> Employee | None:
    """Find the service record of the person who holds the account."""
    return session.scalar(
        select(Employee).where(Employee.account_id == account_id).options(joinedload(Employee.agency))
    )


def find_employee_to_appoint(session: Session, account_id: str) -> Employee | None:
    """Find the record of the person who holds the account, locked."""
    found = select(Employee).where(Employee.account_id == account_id)
    return session.scalar(found.with_for_update(of=Employee).execution_options(populate_existing=True))


def list_employees(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    *,
    order: str = "name",
    is_descending: bool = False,
    cursor: str = "",
    size: int = keyset.SIZE,
) -> keyset.Page[Employee]:
    """List a page of employees with their agencies, ordered by one of ORDERS."""
    found = _matching(actor, wanted).options(joinedload(Employee.agency))
    return keyset.fetch(session, found, ORDERS[order], is_descending=is_descending, cursor=cursor, size=size)


def count_employees(session: Session, actor: Actor, wanted: Wanted) -> int | str:
    """Count the employees of the list, up to a cap."""
    return keyset.count(session, _matching(actor, wanted))


def find_serving_number(session: Session, email: str) -> str | None:
    """Find the number of somebody in service by the e-mail address."""
    found = select(Employee.number).where(Employee.email == email, Employee.state == EmployeeState.ACTIVE)
    return session.scalar(found.limit(1))


def map_ids(session: Session, agency_id: str) -> dict[str, str]:
    """Give the ids of the people of an agency by their numbers."""
    found = select(Employee.number, Employee.id).where(Employee.agency_id == agency_id)
    return {row.number: row.id for row in session.execute(found)}


def map_posts(session: Session, employees: Collection[Employee]) -> dict[str, Position]:
    """Give the posts that people hold, by their ids; one query for all of them."""
    held = select(Position).where(Position.incumbent_id.in_([employee.id for employee in employees]))
    return {str(post.incumbent_id): post for post in session.scalars(held)}


def map_held(session: Session, employees: Collection[Employee], on: dt.date) -> dict[str, ServiceRecord]:
    """Give what holds of people on a day, by their ids; one query for all of them."""
    held = select(ServiceRecord).where(
        ServiceRecord.employee_id.in_([employee.id for employee in employees]),
        ServiceRecord.superseded_at.is_(None),
        ServiceRecord.valid_from <= on,
        ServiceRecord.valid_to.is_(None) | (ServiceRecord.valid_to > on),
    )
    return {row.employee_id: row for row in session.scalars(held)}


def list_letters(
    session: Session, employee: Employee, subjects: Collection[str], actor: Actor
) -> list[Notice]:
    """List the letters to an employee that the actor may read, newest first.

    They are those sent to the person's account, and those about any of the subjects (typed ids), which
    reach an employee without an account too.
    """
    theirs: ColumnElement[bool] = Notice.subject.in_(subjects)
    if employee.account_id:
        theirs = or_(theirs, Notice.account_id == employee.account_id)
    found = select(Notice).where(theirs, notice_queries.visible_to(actor))
    return list(
        session.scalars(found.order_by(Notice.promised_at.desc(), Notice.id.desc()).limit(MOST_LETTERS))
    )


def _matching(actor: Actor, wanted: Wanted) -> Select[Employee]:
    found = select(Employee).where(visible_to(actor), *keyset.contains(Employee.search_text, wanted.text))
    if wanted.agency_id:
        found = found.where(Employee.agency_id == wanted.agency_id)
    if wanted.unit or wanted.grade:
        found = found.join(Position, Position.incumbent_id == Employee.id)
    if wanted.unit:
        found = found.where(Position.unit == wanted.unit)
    if wanted.grade:
        found = found.where(Position.grade == wanted.grade)
    return found.where(Employee.state == wanted.state) if wanted.state else found
