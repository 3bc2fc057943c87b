"""Employees, positions, appointments and disciplinary cases, made by direct inserts."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Agency
from app.personnel.actions.rules import SEPARATED
from app.personnel.actions.states import ActionKind
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.services import vacate
from app.personnel.appointments.states import AppointmentKind
from app.personnel.discipline.models import Charge, DisciplinaryCase
from app.personnel.discipline.states import Action, CaseState
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.personnel.positions.queries import get_position_to_fill
from app.personnel.positions.states import PayPeriod, PositionState
from app.personnel.service_records.services import enter_act, first_service
from app.platform.actors import Actor
from app.platform.ids import new_id
from tests.factories.accounts import make_account, make_agency

Row = TypeVar("Row")
HIRED_ON = dt.date(2025, 3, 3)
OPENED_AT = dt.datetime(2026, 11, 2, 14, 0, tzinfo=dt.UTC)


def make_employee(session: Session, *, agency: Agency | None = None, **values: Any) -> Employee:
    """Insert an employee in service, without an account unless `account_id` is given."""
    own = new_id("emp")
    merged: dict[str, Any] = {
        "id": own,
        "number": f"E-{own[-8:].upper()}",
        "name": f"Employee {own[-6:].upper()}",
        "email": f"employee-{own[-10:]}@people.example",
        "agency_id": (agency or _agency(session, values)).id,
        "hired_on": HIRED_ON,
        "state": EmployeeState.ACTIVE,
    } | values
    merged.setdefault("search_text", f"{merged['number']} {merged['name']}".casefold())
    return _insert(session, Employee(**merged))


def make_position(session: Session, *, agency: Agency | None = None, **values: Any) -> Position:
    """Insert a vacant position; `incumbent_id` fills it without an appointment."""
    own = new_id("pos")
    merged: dict[str, Any] = {
        "id": own,
        "number": f"P-{own[-8:].upper()}",
        "title": "Records analyst",
        "class_code": "10251",
        "class_title": "Clerical associate",
        "grade": "09",
        "agency_id": (agency or _agency(session, values)).id,
        "duty_station": "1 Centre Street, Manhattan",
        "pay_min_minor": 45_000_00,
        "pay_max_minor": 61_500_00,
        "pay_currency": "USD",
        "pay_period": PayPeriod.YEAR,
        "state": PositionState.ACTIVE,
    } | values
    words = (str(merged[key]) for key in ("number", "title", "class_code", "class_title", "duty_station"))
    merged.setdefault("search_text", " ".join(words).casefold())
    return _insert(session, Position(**merged))


def make_appointment(
    session: Session, *, position: Position | None = None, employee: Employee | None = None, **values: Any
) -> Appointment:
    """Insert an appointment with the history that it makes; a live one fills the position."""
    position = position or make_position(session)
    if employee is None:
        employee = make_employee(session, agency_id=position.agency_id)
    appointment = Appointment(
        **{
            "id": new_id("apt"),
            "employee": employee,
            "position": position,
            "agency_id": position.agency_id,
            "kind": AppointmentKind.PERMANENT,
            "authority": "Civil Service Law, section 61",
            "starts_on": HIRED_ON,
            "created_at": OPENED_AT,
        }
        | values
    )
    if appointment.ended_on is None:
        position.incumbent_id = employee.id
    _insert(session, appointment)
    _enter(
        session, appointment, ActionKind.APPOINTMENT, appointment.starts_on, first_service(position).effect()
    )
    if appointment.ended_on is not None and appointment.ended_on >= appointment.starts_on:
        _enter(session, appointment, ActionKind.SEPARATION, appointment.ended_on, SEPARATED)
    return appointment


def end_appointment(
    session: Session, *, appointment_id: str, reason: str, ended_on: dt.date, actor: Actor, at: dt.datetime
) -> Appointment:
    """End an appointment as a decision of two people does when it is carried out."""
    appointment = session.get_one(Appointment, appointment_id, options=[joinedload(Appointment.employee)])
    post = get_position_to_fill(session, appointment.position_id)
    vacate(session, appointment, post, reason=reason, ended_on=ended_on, actor=actor, at=at)
    return appointment


def _enter(
    session: Session, appointment: Appointment, kind: ActionKind, on: dt.date, effect: dict[str, Any]
) -> None:
    enter_act(
        session,
        employee_id=appointment.employee.id,
        agency_id=appointment.agency_id,
        kind=kind,
        effective_on=on,
        effect=effect,
        authority=appointment.authority,
        reason=appointment.end_reason or "",
        source=appointment.id,
        decided_by=None,
        at=appointment.created_at,
    )


def make_case(
    session: Session, *, employee: Employee | None = None, charges: int = 1, **values: Any
) -> DisciplinaryCase:
    """Insert a draft case that proposes a five-day suspension, with `charges` charges."""
    employee = employee or make_employee(session)
    own = new_id("dsc")
    merged: dict[str, Any] = {
        "id": own,
        "number": f"D-{own[-8:].upper()}",
        "employee": employee,
        "agency_id": employee.agency_id,
        "action": Action.SUSPENSION,
        "days": 5,
        "state": CaseState.DRAFT,
        "summary": "Three absences without leave in October 2026.",
        "penalty_reasons": "You were warned in writing in June 2026.",
        "notice_days": 10,
        "reply_days": 7,
        "regime": "federal",
        "procedure": "short-suspension",
        "opened_at": OPENED_AT,
    } | values
    for role in ("opened_by", "deciding_official_id"):
        if role not in merged:
            merged[role] = make_account(session).id
    case = _insert(session, DisciplinaryCase(**merged))
    for number in range(1, charges + 1):
        make_charge(session, case=case, position=number)
    return case


def make_charge(session: Session, *, case: DisciplinaryCase, **values: Any) -> Charge:
    """Insert a charge of the case."""
    return _insert(
        session,
        Charge(
            **{
                "id": new_id("chg"),
                "case_id": case.id,
                "position": 1,
                "label": "Absence without leave",
                "specification": "On 12 October 2026 you did not report for duty and did not ask for leave.",
                "evidence": "Time sheet of the week of 12 October 2026.",
            }
            | values
        ),
    )


def _agency(session: Session, values: dict[str, Any]) -> Agency:
    given = values.get("agency_id")
    found = session.get(Agency, given) if given else None
    return found or make_agency(session)


def _insert(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
