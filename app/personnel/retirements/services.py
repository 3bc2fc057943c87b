"""Entering when somebody was born."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import get_employee
from app.personnel.retirements import queries, rules
from app.personnel.retirements.models import EmployeeBirth
from app.platform import audit, clock
from app.platform.actors import Actor

EDIT = "personnel.retirements.edit"


def may_enter_birth(session: Session, employee: Employee, actor: Actor) -> bool:
    """Tell whether the actor may enter the date of birth of somebody of whom none is held yet."""
    is_own = actor.id is not None and actor.id == employee.account_id
    return (
        not is_own
        and actor.may(EDIT, employee.agency_id)
        and queries.find_birth(session, employee.id) is None
    )


def record_birth(
    session: Session, *, employee_id: str, born_on: dt.date, actor: Actor, at: dt.datetime
) -> EmployeeBirth:
    """Enter or correct somebody's date of birth; the trail says that it changed, not what it is."""
    employee = get_employee(session, employee_id, actor, EDIT)
    return _record(session, employee, born_on, actor, at)


def enter_births(
    session: Session, *, agency_id: str, births: Mapping[str, dt.date], actor: Actor, at: dt.datetime
) -> None:
    """Enter dates of birth of people of an agency, by id, of whom none is held; each was checked before."""
    if not births:
        return
    actor.demand(EDIT, agency_id)
    rows = [
        {"employee_id": own, "born_on": born_on, "recorded_by": actor.id, "recorded_at": at}
        for own, born_on in births.items()
    ]
    session.connection().execute(insert(EmployeeBirth), rows)
    audit.record(
        session,
        "personnel.retirements.edit",
        actor=actor,
        at=at,
        subject=agency_id,
        agency_id=agency_id,
        people=len(rows),
    )


def _record(
    session: Session, employee: Employee, born_on: dt.date, actor: Actor, at: dt.datetime
) -> EmployeeBirth:
    rules.demand_other(actor.id, employee.account_id)
    rules.check_birth(
        born_on, employee.hired_on, clock.local_date(at, get_agency(session, employee.agency_id).time_zone)
    )
    found = queries.find_birth(session, employee.id)
    if found is None:
        found = EmployeeBirth(employee_id=employee.id)
        session.add(found)
    found.born_on, found.recorded_by, found.recorded_at = born_on, actor.id, at
    session.flush()
    audit.record(
        session,
        "personnel.retirements.edit",
        actor=actor,
        at=at,
        subject=employee.id,
        agency_id=employee.agency_id,
    )
    return found
