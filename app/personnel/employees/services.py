"""Changing employees' records: beginning, resuming and ending service."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.employees import queries, rules
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.platform import sequences
from app.platform.ids import new_id


def begin_service(
    session: Session,
    *,
    account_id: str | None,
    name: str,
    email: str | None,
    agency_id: str,
    hired_on: dt.date,
) -> Employee:
    """Find the record of the person who holds the account and put it in service, or begin a new one.

    It belongs to the act that appoints the person, which records itself.
    """
    employee = queries.find_employee_to_appoint(session, account_id) if account_id else None
    if employee is None:
        number = rules.employee_number(sequences.next_number(session, "employee"))
        employee = Employee(id=new_id("emp"), number=number, account_id=account_id, hired_on=hired_on)
        session.add(employee)
    employee.name, employee.email, employee.agency_id = name, email, agency_id
    employee.state, employee.separated_on = EmployeeState.ACTIVE, None
    employee.search_text = rules.search_text(employee.number, name, email)
    session.flush()
    return employee


def end_service(session: Session, *, employee: Employee, separated_on: dt.date) -> None:
    """Note the day on which a person's service ended; it belongs to the act that ends the appointment."""
    employee.state, employee.separated_on = EmployeeState.SEPARATED, separated_on
    session.flush()


def resume_service(session: Session, *, employee: Employee, agency_id: str) -> None:
    """Put a person in service in an agency; it belongs to the personnel action that decided so."""
    employee.state, employee.separated_on, employee.agency_id = EmployeeState.ACTIVE, None, agency_id
    session.flush()
