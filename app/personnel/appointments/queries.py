"""Reading appointments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload

from app.personnel.actions.queries import get_employee_to_change
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_employee_to_appoint
from app.personnel.positions.models import Position
from app.personnel.service_records.models import ServiceRecord
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

SHOW = "personnel.appointments.show"
MOST_IN_HISTORY = 100
MOST_AT_ONCE = 500
ORDERS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = MappingProxyType(
    {
        "starts": (Appointment.starts_on, Appointment.id),
        "person": (Employee.name, Appointment.id),
        "position": (Position.number, Appointment.id),
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; `status` is live or ended; None and empty texts narrow nothing."""

    agency_id: str = ""
    kind: AppointmentKind | None = None
    status: str = ""
    text: str = ""


def visible_to(actor: Actor, permission: str = SHOW) -> ColumnElement[bool]:
    """Give the condition on appointments of the agencies in which the actor holds the permission."""
    return scope.within(Appointment.agency_id, actor, permission)


def get_appointment(
    session: Session, appointment_id: str, actor: Actor, *, lock: bool = False
) -> Appointment:
    """Give an appointment with person, position and agency, locked on demand; else NotFound."""
    found = (
        select(Appointment)
        .where(Appointment.id == appointment_id, visible_to(actor))
        .options(
            joinedload(Appointment.employee),
            joinedload(Appointment.position),
            joinedload(Appointment.agency),
        )
    )
    if lock:
        found = found.with_for_update(of=Appointment).execution_options(populate_existing=True)
    appointment = session.scalar(found)
    if appointment is None:
        raise NotFound("There is no such appointment.")
    return appointment


def list_appointments(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    *,
    order: str = "starts",
    is_descending: bool = True,
    cursor: str = "",
    size: int = keyset.SIZE,
) -> keyset.Page[Appointment]:
    """List a page of appointments with person, position and agency, ordered by one of ORDERS."""
    found = _matching(actor, wanted).options(
        contains_eager(Appointment.employee),
        contains_eager(Appointment.position),
        joinedload(Appointment.agency),
    )
    return keyset.fetch(session, found, ORDERS[order], is_descending=is_descending, cursor=cursor, size=size)


def count_appointments(session: Session, actor: Actor, wanted: Wanted) -> int | str:
    """Count the appointments of the list, up to a cap."""
    return keyset.count(session, _matching(actor, wanted))


def list_incumbents(session: Session, position_id: str) -> list[Appointment]:
    """List who held a position, the newest appointment first, with the persons."""
    return list(
        session.scalars(
            select(Appointment)
            .where(Appointment.position_id == position_id)
            .options(joinedload(Appointment.employee))
            .order_by(Appointment.starts_on.desc(), Appointment.id.desc())
            .limit(MOST_IN_HISTORY)
        )
    )


def list_service(session: Session, employee_id: str) -> list[Appointment]:
    """List the appointments of a person, the newest first, with positions and agencies."""
    return list(
        session.scalars(
            select(Appointment)
            .where(Appointment.employee_id == employee_id)
            .options(joinedload(Appointment.position), joinedload(Appointment.agency))
            .order_by(Appointment.starts_on.desc(), Appointment.id.desc())
            .limit(MOST_IN_HISTORY)
        )
    )


def list_with_term(session: Session, until: dt.date) -> list[Appointment]:
    """List live appointments for a time that end by a day, the first at the top, with person and agency."""
    query = (
        select(Appointment)
        .where(Appointment.ended_on.is_(None), Appointment.term_ends_on <= until)
        .options(
            joinedload(Appointment.employee),
            joinedload(Appointment.position),
            joinedload(Appointment.agency),
        )
        .order_by(Appointment.term_ends_on, Appointment.id)
        .limit(MOST_AT_ONCE)
    )
    return list(session.scalars(query))


def find_vacated_on(session: Session, position_id: str) -> dt.date | None:
    """Find the last day of the position's last incumbent."""
    return session.scalar(
        select(func.max(Appointment.ended_on)).where(Appointment.position_id == position_id)
    )


def lock_person(session: Session, employee_id: str) -> Employee:
    """Give the person of an appointment, locked before it: the order is in get_employee_to_change."""
    return get_employee_to_change(session, employee_id)


def lock_holder(session: Session, account_id: str | None) -> None:
    """Lock the record of the person who holds an account, where there is one."""
    if account_id is not None:
        find_employee_to_appoint(session, account_id)


def find_held_number(session: Session, account_id: str | None) -> str | None:
    """Find the number of the position that the person who holds the account is appointed to."""
    return session.scalar(
        select(Position.number)
        .join(Appointment, Appointment.position_id == Position.id)
        .join(Employee, Appointment.employee_id == Employee.id)
        .where(Employee.account_id == account_id, Appointment.ended_on.is_(None))
    )


def find_newest_service(session: Session, account_id: str) -> ServiceRecord | None:
    """Find the record with which the history of the person who holds the account ends."""
    return session.scalar(
        select(ServiceRecord)
        .join(Employee, ServiceRecord.employee_id == Employee.id)
        .where(Employee.account_id == account_id, ServiceRecord.superseded_at.is_(None))
        .order_by(ServiceRecord.valid_from.desc())
        .limit(1)
    )


def _matching(actor: Actor, wanted: Wanted) -> Select[Appointment]:
    found: Select[Appointment] = (
        select(Appointment)
        .join(Employee, Appointment.employee_id == Employee.id)
        .join(Position, Appointment.position_id == Position.id)
        .where(visible_to(actor))
    )
    for word in wanted.text.casefold().split()[:8]:
        found = found.where(
            or_(
                Employee.search_text.contains(word, autoescape=True),
                Position.search_text.contains(word, autoescape=True),
            )
        )
    if wanted.agency_id:
        found = found.where(Appointment.agency_id == wanted.agency_id)
    if wanted.kind:
        found = found.where(Appointment.kind == wanted.kind)
    if wanted.status:
        is_live = Appointment.ended_on.is_(None)
        found = found.where(is_live if wanted.status == "live" else ~is_live)
    return found
