"""Reading service records as they were, and as they were known."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import Act, first_day
from app.personnel.actions.states import ActionState, Standing
from app.personnel.appointments.models import Appointment
from app.personnel.employees.models import Employee
from app.personnel.service_records.models import ServiceRecord
from app.platform.errors import NotFound

MOST_RECORDS = 400


def as_of(
    session: Session, employee_id: str, on: dt.date, known_at: dt.datetime | None = None
) -> ServiceRecord | None:
    """Give what held of a person on a day, as it is known now or was known at a moment; None before hire."""
    return session.scalar(
        select(ServiceRecord)
        .where(
            ServiceRecord.employee_id == employee_id,
            ServiceRecord.valid_from <= on,
            or_(ServiceRecord.valid_to.is_(None), ServiceRecord.valid_to > on),
            known(known_at),
        )
        .options(
            joinedload(ServiceRecord.position),
            joinedload(ServiceRecord.agency),
            joinedload(ServiceRecord.action),
        )
    )


def list_service_records(
    session: Session, employee_id: str, known_at: dt.datetime | None = None
) -> list[ServiceRecord]:
    """List a person's history, the newest first, with acts, positions and agencies."""
    return list(
        session.scalars(
            select(ServiceRecord)
            .where(ServiceRecord.employee_id == employee_id, known(known_at))
            .options(
                joinedload(ServiceRecord.position),
                joinedload(ServiceRecord.agency),
                joinedload(ServiceRecord.action),
            )
            .order_by(ServiceRecord.valid_from.desc())
            .limit(MOST_RECORDS)
        )
    )


def service_began_on(session: Session, employee_id: str) -> dt.date | None:
    """Give the first day of a person's first service; breaks do not move it."""
    return session.scalar(
        select(func.min(ServiceRecord.valid_from)).where(
            ServiceRecord.employee_id == employee_id,
            ServiceRecord.superseded_at.is_(None),
            ServiceRecord.standing != Standing.SEPARATED,
        )
    )


def known(at: dt.datetime | None) -> ColumnElement[bool]:
    """Give the condition on records that are known now, or (`at`) were known at a moment."""
    if at is None:
        return ServiceRecord.superseded_at.is_(None)
    return (ServiceRecord.recorded_at <= at) & (
        ServiceRecord.superseded_at.is_(None) | (ServiceRecord.superseded_at > at)
    )


def get_employee_to_change(session: Session, employee_id: str) -> Employee:
    """Give an employee of any agency, with the agency, locked, to whoever changes the record."""
    found = select(Employee).where(Employee.id == employee_id).options(joinedload(Employee.agency))
    employee = session.scalar(found.with_for_update(of=Employee).execution_options(populate_existing=True))
    if employee is None:
        raise NotFound("There is no such employee.")
    return employee


def find_live_appointment(session: Session, employee_id: str) -> Appointment | None:
    """Find the appointment under which a person serves, locked."""
    return session.scalar(
        select(Appointment)
        .where(Appointment.employee_id == employee_id, Appointment.ended_on.is_(None))
        .options(joinedload(Appointment.employee))
        .with_for_update(of=Appointment)
    )


def load_standing_acts(session: Session, employee_id: str) -> list[Act]:
    """Load a person's acts that are in effect or will be."""
    states = (ActionState.PROPOSED, ActionState.APPROVED, ActionState.EFFECTED)
    found = select(PersonnelAction).where(
        PersonnelAction.employee_id == employee_id, PersonnelAction.state.in_(states)
    )
    return [
        Act(one.id, first_day(one.effective_on, one.effect), (one.proposed_at, one.id), one.effect)
        for one in session.scalars(found)
    ]


def list_due(session: Session, before: dt.date) -> list[PersonnelAction]:
    """List approved acts whose day has come before a day, the earliest first."""
    return list(
        session.scalars(
            select(PersonnelAction)
            .where(PersonnelAction.state == ActionState.APPROVED, PersonnelAction.effective_on <= before)
            .order_by(PersonnelAction.effective_on, PersonnelAction.id)
        )
    )
