"""Reading cycles and plans: the own ones, those of a team, those of an agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.accounts.models import Account
from app.personnel import reporting
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.performance import regimes
from app.personnel.performance.models import (
    PerformanceCycle,
    PerformancePlan,
    PerformanceRegime,
    ProgressReview,
)
from app.personnel.performance.states import IN_FORCE, CycleState, PlanState
from app.personnel.positions.models import Position
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.performance.list_staff"
GONE = "There is no such performance plan."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of plans is narrowed to."""

    state: PlanState | None = None
    text: str = ""


def find_regime(session: Session, agency_id: str, subject: str) -> str | None:
    """Find the name of the rule that an agency chose for a subject."""
    return session.scalar(
        select(PerformanceRegime.name).where(
            PerformanceRegime.agency_id == agency_id, PerformanceRegime.subject == subject
        )
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps cycles to the agencies in which the actor may read them."""
    return scope.within(PerformanceCycle.agency_id, actor, READ)


def list_cycles(session: Session, actor: Actor, *, cursor: str) -> keyset.Page[PerformanceCycle]:
    """List a page of cycles with their agencies, the latest first."""
    query = select(PerformanceCycle).where(visible_to(actor)).options(joinedload(PerformanceCycle.agency))
    keys = (PerformanceCycle.ends_on, PerformanceCycle.id)
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor)


def get_cycle(session: Session, cycle_id: str, actor: Actor, *, lock: bool = False) -> PerformanceCycle:
    """Give a cycle with its agency, or raise NotFound."""
    query = select(PerformanceCycle).where(PerformanceCycle.id == cycle_id, visible_to(actor))
    query = query.options(joinedload(PerformanceCycle.agency))
    found = session.scalar(query.with_for_update(of=PerformanceCycle) if lock else query)
    if found is None:
        raise NotFound("There is no such cycle.")
    return found


def count_states(session: Session, cycle_ids: Iterable[str]) -> dict[str, dict[PlanState, int]]:
    """Count the plans of cycles by their state."""
    counted: dict[str, dict[PlanState, int]] = {}
    rows = session.execute(
        select(PerformancePlan.cycle_id, PerformancePlan.state, func.count())
        .where(PerformancePlan.cycle_id.in_(list(cycle_ids)))
        .group_by(PerformancePlan.cycle_id, PerformancePlan.state)
    )
    for cycle_id, state, count in rows:
        counted.setdefault(cycle_id, {})[state] = count
    return counted


def list_plans(
    session: Session, cycle: PerformanceCycle, wanted: Wanted, *, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[PerformancePlan]:
    """List a page of a cycle's plans with employees and supervisors, by name."""
    query = _matching(cycle, wanted).options(
        joinedload(PerformancePlan.employee), joinedload(PerformancePlan.supervisor)
    )
    keys = (PerformancePlan.person, PerformancePlan.id)
    return keyset.fetch(session, query, keys, cursor=cursor, size=size)


def count_plans(session: Session, cycle: PerformanceCycle, wanted: Wanted) -> int | str:
    """Count the plans of the list, up to a cap."""
    return keyset.count(session, _matching(cycle, wanted))


def _matching(cycle: PerformanceCycle, wanted: Wanted) -> Select[PerformancePlan]:
    query = (
        select(PerformancePlan)
        .join(Employee, Employee.id == PerformancePlan.employee_id)
        .where(PerformancePlan.cycle_id == cycle.id, *keyset.contains(Employee.search_text, wanted.text))
    )
    return query.where(PerformancePlan.state == wanted.state) if wanted.state else query


def get_staff_plan(session: Session, plan_id: str, actor: Actor) -> PerformancePlan:
    """Give a plan, whole, of an agency in which the actor may read plans, or raise NotFound."""
    return _one(session, plan_id, scope.within(PerformancePlan.agency_id, actor, READ))


def get_own_plan(session: Session, plan_id: str, actor: Actor, *, lock: bool = False) -> PerformancePlan:
    """Give the actor's own plan, whole, once it was issued, or raise NotFound."""
    own = select(Employee.id).where(Employee.account_id == actor.id)
    seen = PerformancePlan.state != PlanState.DRAFT
    return _one(session, plan_id, PerformancePlan.employee_id.in_(own) & seen, lock=lock)


def get_whole(session: Session, plan_id: str) -> PerformancePlan:
    """Give a plan, whole, to who was found to be entitled to it."""
    return _one(session, plan_id, PerformancePlan.id == plan_id)


def get_team_plan(
    session: Session, plan_id: str, actor: Actor, act: str, *, lock: bool = False
) -> PerformancePlan:
    """Give the plan, whole, of somebody in the actor's charge, or raise NotFound.

    In charge is who stands above the person, or holds the permission `act` in the agency: an officer who
    stands in where nobody does.
    """
    plan = _one(session, plan_id, PerformancePlan.id == plan_id, lock=lock)
    if not in_charge(session, actor, plan.employee, act):
        raise NotFound(GONE)
    return plan


def in_charge(session: Session, actor: Actor, employee: Employee, act: str) -> bool:
    """Tell whether the actor is above a person, or may stand in for who is; never over oneself."""
    if actor.id is None or employee.account_id == actor.id:
        return False
    return actor.may(act, employee.agency_id) or reporting.is_above(session, actor.id, employee.id)


def get_charge(session: Session, employee_id: str, actor: Actor, act: str) -> Employee:
    """Give an employee in the actor's charge, with the agency, or raise NotFound."""
    employee = session.scalar(
        select(Employee).where(Employee.id == employee_id).options(joinedload(Employee.agency))
    )
    if employee is None or not in_charge(session, actor, employee, act):
        raise NotFound("There is no such person in your team.")
    return employee


def _one(
    session: Session, plan_id: str, condition: ColumnElement[bool], *, lock: bool = False
) -> PerformancePlan:
    query = select(PerformancePlan).where(PerformancePlan.id == plan_id, condition).options(*WHOLE)
    if lock:
        query = query.with_for_update(of=PerformancePlan).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(GONE)
    return found


WHOLE: tuple[Any, ...] = (
    joinedload(PerformancePlan.cycle),
    joinedload(PerformancePlan.agency),
    joinedload(PerformancePlan.employee),
    joinedload(PerformancePlan.supervisor),
    selectinload(PerformancePlan.elements),
    selectinload(PerformancePlan.progress).joinedload(ProgressReview.writer),
    joinedload(PerformancePlan.self_assessment),
)


def list_plans_of(session: Session, employee_id: str, *, with_drafts: bool) -> list[PerformancePlan]:
    """List the plans of a person with their cycles, the latest first."""
    query = (
        select(PerformancePlan)
        .join(PerformancePlan.cycle)
        .where(PerformancePlan.employee_id == employee_id)
        .options(joinedload(PerformancePlan.cycle))
        .order_by(PerformanceCycle.ends_on.desc(), PerformancePlan.id)
    )
    if not with_drafts:
        query = query.where(PerformancePlan.state != PlanState.DRAFT)
    return list(session.scalars(query))


def find_current_plan(session: Session, employee_id: str) -> PerformancePlan | None:
    """Find the plan in force of a person, whole."""
    return session.scalar(
        select(PerformancePlan)
        .join(PerformancePlan.cycle)
        .where(PerformancePlan.employee_id == employee_id, PerformancePlan.state.in_(IN_FORCE))
        .options(*WHOLE)
        .order_by(PerformanceCycle.ends_on.desc())
        .limit(1)
    )


def find_earlier_plan(session: Session, plan: PerformancePlan) -> PerformancePlan | None:
    """Find the person's latest plan with elements before this one."""
    return session.scalar(
        select(PerformancePlan)
        .join(PerformancePlan.cycle)
        .where(
            PerformancePlan.employee_id == plan.employee_id,
            PerformancePlan.id != plan.id,
            PerformancePlan.elements.any(),
            PerformanceCycle.ends_on < plan.cycle.ends_on,
        )
        .options(selectinload(PerformancePlan.elements))
        .order_by(PerformanceCycle.ends_on.desc())
        .limit(1)
    )


def load_without_plan(session: Session, cycle: PerformanceCycle) -> list[tuple[Any, ...]]:
    """Load who serves in a cycle's agency without a plan: id, name, post, unit, who holds the post above."""
    above = aliased(Position)
    has = select(PerformancePlan.employee_id).where(PerformancePlan.cycle_id == cycle.id)
    unit = func.coalesce(func.nullif(Position.unit, ""), Position.duty_station)
    rows = session.execute(
        select(Employee.id, Employee.name, Position.title, unit, above.incumbent_id)
        .join(Position, Position.incumbent_id == Employee.id)
        .outerjoin(above, above.id == Position.reports_to_id)
        .where(
            Employee.agency_id == cycle.agency_id,
            Employee.state == EmployeeState.ACTIVE,
            Employee.id.not_in(has),
        )
        .order_by(Employee.id)
    )
    return [tuple(row) for row in rows]


def list_running(session: Session) -> list[PerformanceCycle]:
    """List the running cycles of all agencies, for the clock."""
    return list(
        session.scalars(
            select(PerformanceCycle)
            .where(PerformanceCycle.state == CycleState.RUNNING)
            .options(joinedload(PerformanceCycle.agency))
            .order_by(PerformanceCycle.id)
        )
    )


def load_open_work(
    session: Session, cycle_id: str, states: Iterable[PlanState], *, without_progress: bool = False
) -> list[tuple[Account, int]]:
    """Load which supervisors' accounts have how many plans in these states, by account."""
    query = (
        select(Account, func.count())
        .join(Employee, Employee.account_id == Account.id)
        .join(PerformancePlan, PerformancePlan.supervisor_id == Employee.id)
        .where(PerformancePlan.cycle_id == cycle_id, PerformancePlan.state.in_(list(states)))
        .group_by(Account.id)
        .order_by(Account.id)
    )
    if without_progress:
        query = query.where(~PerformancePlan.progress.any())
    return [(account, count) for account, count in session.execute(query)]


def rule_of(plan: PerformancePlan) -> regimes.Regime:
    """Give the rule that the cycle of a plan keeps."""
    return regimes.find(plan.cycle.regime)


def is_over(cycle: PerformanceCycle, today: dt.date) -> bool:
    """Tell whether the period of a cycle has ended."""
    return today > cycle.ends_on
