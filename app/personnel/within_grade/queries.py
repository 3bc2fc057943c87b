"""Reading increases within the grade, and the service from which they are computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Agency
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionKind, Standing
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.performance.models import PerformanceRegime
from app.personnel.performance.queries import find_regime, in_charge
from app.personnel.service_records.models import ServiceRecord
from app.personnel.within_grade import regimes
from app.personnel.within_grade.models import StepIncrease
from app.personnel.within_grade.rules import Served
from app.personnel.within_grade.states import WAITING, IncreaseState
from app.platform import clock, keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.within_grade.list_staff"
QUALITY = ActionKind.QUALITY_STEP_INCREASE
PAID = frozenset({Standing.IN_SERVICE})
# What an increase is told by: the employee, the grade, the step now, the first day of the waiting period.
Key = tuple[str, str, int, dt.date]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps increases to the agencies in which the actor may read them."""
    return scope.within(StepIncrease.agency_id, actor, READ)


def regime_of(session: Session, agency_id: str) -> regimes.Regime:
    """Give the rule under which an agency's increases are computed."""
    return regimes.find(find_regime(session, agency_id, regimes.SUBJECT))


def listed_from(session: Session, agency: Agency) -> dt.date | None:
    """Give the day from which an agency's increases are listed: that on which it chose the rule; None: all.

    What fell due before was settled where the office computed its increases until then.
    """
    chosen_at = session.scalar(
        select(PerformanceRegime.set_at).where(
            PerformanceRegime.agency_id == agency.id, PerformanceRegime.subject == regimes.SUBJECT
        )
    )
    return clock.local_date(chosen_at, agency.time_zone) if chosen_at else None


def list_agencies(session: Session) -> list[Agency]:
    """List every agency, for the clock."""
    return list(session.scalars(select(Agency).order_by(Agency.id)))


def load_service(session: Session, condition: ColumnElement[bool], on: dt.date) -> dict[str, list[Served]]:
    """Load the stretches of service of everybody in service who meets a condition, oldest first."""
    rows = session.execute(
        select(
            ServiceRecord.employee_id,
            ServiceRecord.valid_from,
            ServiceRecord.grade,
            ServiceRecord.step,
            ServiceRecord.standing,
            PersonnelAction.kind,
        )
        .join(PersonnelAction, PersonnelAction.id == ServiceRecord.action_id)
        .join(Employee, Employee.id == ServiceRecord.employee_id)
        .where(
            condition,
            Employee.state == EmployeeState.ACTIVE,
            ServiceRecord.superseded_at.is_(None),
            ServiceRecord.valid_from <= on,
        )
        .order_by(ServiceRecord.employee_id, ServiceRecord.valid_from)
    )
    return {
        employee_id: [Served(row[1], row[2], row[3], row[4] in PAID, row[5] is QUALITY) for row in group]
        for employee_id, group in groupby(rows, key=lambda row: row[0])
    }


def list_waiting(session: Session, agency_id: str) -> list[StepIncrease]:
    """List the increases of an agency that are still to be decided, locked."""
    return list(
        session.scalars(
            select(StepIncrease)
            .where(StepIncrease.agency_id == agency_id, StepIncrease.state.in_(WAITING))
            .with_for_update(of=StepIncrease)
        )
    )


def map_listed(session: Session, agency_id: str) -> dict[Key, tuple[str, IncreaseState]]:
    """Give the ids and states of all increases of an agency's people, wherever and however they stand."""
    rows = session.execute(
        select(
            StepIncrease.employee_id,
            StepIncrease.grade,
            StepIncrease.from_step,
            StepIncrease.waiting_from,
            StepIncrease.id,
            StepIncrease.state,
        )
        .join(Employee, Employee.id == StepIncrease.employee_id)
        .where(Employee.agency_id == agency_id)
    )
    return {(row[0], row[1], row[2], row[3]): (row[4], row[5]) for row in rows}


def list_increases(
    session: Session,
    actor: Actor,
    states: Iterable[IncreaseState],
    *,
    cursor: str,
    size: int = keyset.SIZE,
) -> keyset.Page[StepIncrease]:
    """List a page of increases with employees and agencies, what is due first at the top."""
    wanted = list(states)
    query = (
        select(StepIncrease)
        .where(visible_to(actor))
        .options(joinedload(StepIncrease.employee), joinedload(StepIncrease.agency))
    )
    if wanted:
        query = query.where(StepIncrease.state.in_(wanted))
    return keyset.fetch(session, query, (StepIncrease.due_on, StepIncrease.id), cursor=cursor, size=size)


def list_increases_of(session: Session, employee_id: str) -> list[StepIncrease]:
    """List a person's increases, the latest first."""
    return list(
        session.scalars(
            select(StepIncrease)
            .where(StepIncrease.employee_id == employee_id, StepIncrease.state != IncreaseState.LAPSED)
            .options(joinedload(StepIncrease.agency))
            .order_by(StepIncrease.due_on.desc(), StepIncrease.id)
        )
    )


def get_staff_increase(
    session: Session, increase_id: str, actor: Actor, *, lock: bool = False
) -> StepIncrease:
    """Give an increase, whole, of an agency in which the actor may read them, or raise NotFound."""
    return _one(session, increase_id, visible_to(actor), lock=lock)


def get_own_increase(session: Session, increase_id: str, actor: Actor, *, lock: bool = False) -> StepIncrease:
    """Give the actor's own increase, whole, or raise NotFound."""
    mine = select(Employee.id).where(Employee.account_id == actor.id)
    return _one(session, increase_id, StepIncrease.employee_id.in_(mine), lock=lock)


def get_team_increase(
    session: Session, increase_id: str, actor: Actor, act: str, *, lock: bool = False
) -> StepIncrease:
    """Give the increase, whole, of somebody in the actor's charge, or raise NotFound."""
    found = _one(session, increase_id, StepIncrease.id == increase_id, lock=lock)
    if not in_charge(session, actor, found.employee, act):
        raise NotFound("There is no such increase.")
    return found


def _one(session: Session, increase_id: str, condition: ColumnElement[bool], *, lock: bool) -> StepIncrease:
    query = (
        select(StepIncrease)
        .where(StepIncrease.id == increase_id, condition)
        .options(
            joinedload(StepIncrease.employee),
            joinedload(StepIncrease.agency),
            joinedload(StepIncrease.determiner),
            joinedload(StepIncrease.decider),
            joinedload(StepIncrease.reconsiderer),
        )
    )
    if lock:
        query = query.with_for_update(of=StepIncrease).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such increase.")
    return found
