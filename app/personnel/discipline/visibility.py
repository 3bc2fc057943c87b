"""Who may see which case, and open one: officers in their agency, supervisors for the people under them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.personnel import reporting
from app.personnel.allegations.models import Allegation
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import get_employee
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import Forbidden

SHOW = "personnel.discipline.show"
OPEN = "personnel.discipline.open"
# Who carries decisions out oversees the cases of an agency; other permissions show those of one's own people.
OVERSEE = "personnel.decisions.carry_out"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on cases that the actor may see, never one about the actor.

    They are those of the agencies whose cases the actor oversees and those that the actor decides; besides,
    while the actor may read cases in the agency, those of people whom the actor supervises, and those that
    the actor opened, proposed or investigated.
    """
    own = select(Employee.id).where(Employee.account_id == actor.id)
    investigated = select(Allegation.id).where(Allegation.investigator_id == actor.id)
    has_part = or_(
        DisciplinaryCase.employee_id.in_(reporting.below(actor.id)),
        DisciplinaryCase.opened_by == actor.id,
        DisciplinaryCase.proposed_by == actor.id,
        DisciplinaryCase.allegation_id.in_(investigated),
    )
    return or_(
        scope.within(DisciplinaryCase.agency_id, actor, OVERSEE),
        scope.within(DisciplinaryCase.agency_id, actor, SHOW) & has_part,
        DisciplinaryCase.deciding_official_id == actor.id,
    ) & DisciplinaryCase.employee_id.not_in(own)


def may_open(session: Session, employee: Employee, actor: Actor) -> bool:
    """Tell whether the actor may open a case about a person: an officer, or who stands above the person."""
    if not actor.may(OPEN, employee.agency_id) or employee.account_id == actor.id:
        return False
    return actor.may(OVERSEE, employee.agency_id) or reporting.is_above(session, actor.id, employee.id)


def get_employee_to_open(session: Session, employee_id: str, actor: Actor) -> Employee:
    """Give an employee about whom the actor may open a case; NotFound in other agencies, else Forbidden."""
    employee = get_employee(session, employee_id, actor, OPEN)
    if not may_open(session, employee, actor):
        raise Forbidden("You may open a case about people whom you supervise, and about nobody else.")
    return employee
