"""The service record of the person who asks, for pages and acts about oneself."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.employees.states import EmployeeState
from app.platform.errors import Conflict, Forbidden


def get_own(session: Session, account_id: str | None) -> Employee:
    """Give the record of the person who holds the account, with the agency, or raise Forbidden."""
    employee = find_own_employee(session, account_id) if account_id else None
    if employee is None:
        raise Forbidden("There is no service record for your account.")
    return employee


def get_own_in_service(session: Session, account_id: str | None) -> Employee:
    """Give the record of somebody who serves now; Conflict once the service has ended."""
    employee = get_own(session, account_id)
    if employee.state is not EmployeeState.ACTIVE:
        raise Conflict("Your service has ended, so nothing can be changed here.")
    return employee
