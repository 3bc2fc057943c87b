"""Reading employees' contacts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.personnel.contacts.models import EmployeeContact
from app.personnel.contacts.rules import Contacts
from app.personnel.employees.models import Employee

FIELDS = tuple(Contacts.__dataclass_fields__)


def find_contacts(session: Session, employee_id: str) -> EmployeeContact | None:
    """Find what an employee stated."""
    return session.get(EmployeeContact, employee_id)


def say_contacts(session: Session, employee: Employee) -> str:
    """Say whether somebody can be told in an emergency."""
    found = find_contacts(session, employee.id)
    if found is None or not found.first_name:
        return "Nobody is named for an emergency yet."
    return f"In an emergency: {found.first_name}, {found.first_telephone}"
