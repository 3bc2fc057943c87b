"""The record of the person who is signed in."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.platform.actors import Actor
from app.platform.errors import Forbidden


def get_own_employee(session: Session, actor: Actor) -> Employee:
    """Give the service record of who is signed in, with the agency, or raise Forbidden."""
    employee = find_own_employee(session, actor.id)
    if employee is None:
        raise Forbidden("There is no service record for your account.")
    return employee
