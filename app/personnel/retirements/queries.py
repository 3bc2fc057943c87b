"""Reading dates of birth, and who comes to retirement when: set-based, never a query a person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.personnel.actions.queries import service_began_on
from app.personnel.actions.states import Standing
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.retirements import rules
from app.personnel.retirements.models import EmployeeBirth
from app.personnel.retirements.regimes import SYSTEMS, System, youngest
from app.personnel.retirements.rules import Due, Reached
from app.personnel.separations.queries import map_systems
from app.personnel.service_records.models import ServiceRecord
from app.personnel.service_records.rules import DAY, Rule, Stretch, seniority
from app.platform import scope
from app.platform.actors import Actor
from app.platform.calendars import add_months

DUE = "personnel.retirements.show_due"
# Nobody who is too young to retire by the end of this is looked at further.
FURTHEST_MONTHS = 12 * 12


def find_birth(session: Session, employee_id: str) -> EmployeeBirth | None:
    """Find the date of birth that the office holds of somebody."""
    return session.get(EmployeeBirth, employee_id)


def list_ways(session: Session, employee: Employee, on: dt.date) -> tuple[System, list[Reached]]:
    """Give somebody's retirement system and the ways open by it; none while no date of birth is held."""
    system = map_systems(session)(employee.agency_id)
    birth, joined_on = find_birth(session, employee.id), service_began_on(session, employee.id)
    if birth is None or joined_on is None:
        return system, []
    until = max(on, joined_on)
    own = load_stretches(session, ServiceRecord.employee_id == employee.id, until)[employee.id]
    since = seniority(own, until, _rule(system)).since
    return system, rules.list_ways(system, born_on=birth.born_on, joined_on=joined_on, since=since)


def load_due(session: Session, actor: Actor, on: dt.date, agency_id: str = "") -> list[Due]:
    """Load when everybody in service on a day in the actor's agencies, or in one, may retire."""
    query = (
        select(
            ServiceRecord.employee_id,
            ServiceRecord.grade,
            ServiceRecord.agency_id,
            Agency.name,
            EmployeeBirth.born_on,
        )
        .join(Agency, Agency.id == ServiceRecord.agency_id)
        .join(Employee, Employee.id == ServiceRecord.employee_id)
        .outerjoin(EmployeeBirth, EmployeeBirth.employee_id == ServiceRecord.employee_id)
        .where(
            ServiceRecord.superseded_at.is_(None),
            ServiceRecord.valid_from <= on,
            ServiceRecord.valid_to.is_(None) | (ServiceRecord.valid_to > on),
            ServiceRecord.standing != Standing.SEPARATED,
            Employee.state == EmployeeState.ACTIVE,
            scope.within(ServiceRecord.agency_id, actor, DUE),
        )
        .order_by(ServiceRecord.employee_id)
    )
    if agency_id:
        query = query.where(ServiceRecord.agency_id == agency_id)
    old_enough = add_months(on, FURTHEST_MONTHS - min(youngest(system) for system in SYSTEMS.values()))
    old = select(EmployeeBirth.employee_id).where(EmployeeBirth.born_on <= old_enough)
    served = load_stretches(session, ServiceRecord.employee_id.in_(old), on)
    system_of = map_systems(session)
    return [
        Due(
            row.name,
            row.grade,
            row.born_on is not None,
            *_days(system_of(row.agency_id), row.born_on, served.get(row.employee_id, []), on),
        )
        for row in session.execute(query)
    ]


def load_stretches(session: Session, condition: ColumnElement[bool], on: dt.date) -> dict[str, list[Stretch]]:
    """Load how people stood over time up to a day, as known now, oldest first."""
    query = (
        select(
            ServiceRecord.employee_id,
            ServiceRecord.valid_from,
            ServiceRecord.valid_to,
            ServiceRecord.standing,
        )
        .where(condition, ServiceRecord.superseded_at.is_(None), ServiceRecord.valid_from <= on)
        .order_by(ServiceRecord.valid_from)
    )
    found: dict[str, list[Stretch]] = defaultdict(list)
    for own, since, until, standing in session.execute(query):
        found[own].append(Stretch(since, until - DAY if until else dt.date.max - DAY, standing))
    return found


def _days(
    system: System, born_on: dt.date | None, served: list[Stretch], on: dt.date
) -> tuple[dt.date | None, dt.date | None]:
    if born_on is None or not served:
        return None, None
    joined_on = next((one.starts_on for one in served if one.standing is not Standing.SEPARATED), on)
    since = seniority(served, on, _rule(system)).since
    ways = rules.list_ways(system, born_on=born_on, joined_on=joined_on, since=since)
    full = next((one.on for one in ways if not one.way.is_reduced), None)
    return full, next((one.on for one in ways if one.way.is_reduced), None)


def _rule(system: System) -> Rule:
    return Rule(system.title, system.law, leave_days=system.leave_days)
