"""Reading improvement plans: one's own, those in one's charge, those of an agency."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.personnel.employees.models import Employee
from app.personnel.improvement import rules
from app.personnel.improvement.models import CheckIn, ImprovementPlan
from app.personnel.improvement.states import LIVE, ImprovementState, Outcome
from app.personnel.performance.models import PerformancePlan
from app.personnel.performance.queries import in_charge, rule_of
from app.platform import clock, keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.improvement.list_staff"
GONE = "There is no such improvement plan."
WHOLE: tuple[Any, ...] = (
    joinedload(ImprovementPlan.plan).joinedload(PerformancePlan.cycle),
    joinedload(ImprovementPlan.employee),
    joinedload(ImprovementPlan.agency),
    joinedload(ImprovementPlan.opener),
    joinedload(ImprovementPlan.assessor),
    joinedload(ImprovementPlan.concluder),
    joinedload(ImprovementPlan.notice),
    selectinload(ImprovementPlan.elements),
    selectinload(ImprovementPlan.check_ins).joinedload(CheckIn.writer),
)


def find_failed_opportunity(session: Session, employee_id: str, on: dt.date) -> ImprovementPlan | None:
    """Find the newest opportunity that ended unacceptable and on which an action may still rest on a day.

    Its outcome was confirmed by a second person, on that day or before, and the rule's year since its last
    day has not passed (5 CFR 432.105(a)).
    """
    found = session.scalars(
        select(ImprovementPlan)
        .where(
            ImprovementPlan.employee_id == employee_id,
            ImprovementPlan.state == ImprovementState.CONCLUDED,
            ImprovementPlan.outcome == Outcome.UNACCEPTABLE,
            ImprovementPlan.ends_on <= on,
        )
        .options(*WHOLE)
        .order_by(ImprovementPlan.ends_on.desc(), ImprovementPlan.id)
    )
    return next((row for row in found if _rests(row, on)), None)


def _rests(row: ImprovementPlan, on: dt.date) -> bool:
    concluded_on = clock.local_date(row.concluded_at or row.opened_at, row.agency.time_zone)
    return concluded_on <= on <= rules.rests_until(rule_of(row.plan).opportunity, row.ends_on)


def get_staff_improvement(
    session: Session, improvement_id: str, actor: Actor, *, lock: bool = False
) -> ImprovementPlan:
    """Give an improvement plan, whole, of an agency in which the actor may read them, or raise NotFound."""
    condition = scope.within(ImprovementPlan.agency_id, actor, READ)
    return _one(session, improvement_id, condition, lock=lock)


def get_own_improvement(session: Session, improvement_id: str, actor: Actor) -> ImprovementPlan:
    """Give the actor's own improvement plan, whole, or raise NotFound."""
    mine = select(Employee.id).where(Employee.account_id == actor.id)
    return _one(session, improvement_id, ImprovementPlan.employee_id.in_(mine))


def get_team_improvement(
    session: Session, improvement_id: str, actor: Actor, act: str, *, lock: bool = False
) -> ImprovementPlan:
    """Give the improvement plan, whole, of somebody in the actor's charge, or raise NotFound."""
    found = _one(session, improvement_id, ImprovementPlan.id == improvement_id, lock=lock)
    if not in_charge(session, actor, found.employee, act):
        raise NotFound(GONE)
    return found


def _one(
    session: Session, improvement_id: str, condition: ColumnElement[bool], *, lock: bool = False
) -> ImprovementPlan:
    query = select(ImprovementPlan).where(ImprovementPlan.id == improvement_id, condition).options(*WHOLE)
    if lock:
        query = query.with_for_update(of=ImprovementPlan).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(GONE)
    return found


def list_improvements(
    session: Session,
    actor: Actor,
    state: ImprovementState | None,
    *,
    cursor: str,
    size: int = keyset.SIZE,
) -> keyset.Page[ImprovementPlan]:
    """List a page of improvement plans with employees and agencies, the latest end first."""
    query = (
        select(ImprovementPlan)
        .where(scope.within(ImprovementPlan.agency_id, actor, READ))
        .options(joinedload(ImprovementPlan.employee), joinedload(ImprovementPlan.agency))
    )
    if state is not None:
        query = query.where(ImprovementPlan.state == state)
    keys = (ImprovementPlan.ends_on, ImprovementPlan.id)
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor, size=size)


def list_improvements_of(session: Session, employee_id: str) -> list[ImprovementPlan]:
    """List a person's improvement plans, the latest first."""
    return list(
        session.scalars(
            select(ImprovementPlan)
            .where(ImprovementPlan.employee_id == employee_id)
            .order_by(ImprovementPlan.ends_on.desc(), ImprovementPlan.id)
        )
    )


def list_live(session: Session) -> list[ImprovementPlan]:
    """List the improvement plans of all agencies that run or wait for their decision, for the clock."""
    return list(
        session.scalars(
            select(ImprovementPlan)
            .where(ImprovementPlan.state.in_(LIVE))
            .options(*WHOLE)
            .order_by(ImprovementPlan.ends_on, ImprovementPlan.id)
        )
    )
