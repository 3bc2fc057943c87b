"""Reading development plans."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.personnel import reporting
from app.personnel.development_plans.models import (
    DevelopmentActivity,
    DevelopmentGoal,
    DevelopmentPlan,
)
from app.personnel.development_plans.states import PlanState
from app.personnel.employees.models import Employee
from app.platform.actors import Actor
from app.platform.errors import NotFound

LOADED = (
    joinedload(DevelopmentPlan.employee).joinedload(Employee.agency),
    joinedload(DevelopmentPlan.agency),
    joinedload(DevelopmentPlan.agreer),
    joinedload(DevelopmentPlan.reviewer),
    selectinload(DevelopmentPlan.goals).joinedload(DevelopmentGoal.competency),
    selectinload(DevelopmentPlan.goals)
    .selectinload(DevelopmentGoal.activities)
    .joinedload(DevelopmentActivity.course),
)
MOST = 50


def get_own(session: Session, plan_id: str, account_id: str | None, *, lock: bool = False) -> DevelopmentPlan:
    """Give a plan of the person who holds the account, or raise NotFound."""
    own = DevelopmentPlan.employee_id.in_(select(Employee.id).where(Employee.account_id == account_id))
    return _one(session, (DevelopmentPlan.id == plan_id) & own, lock=lock)


def get_led(session: Session, plan_id: str, actor: Actor, *, lock: bool = False) -> DevelopmentPlan:
    """Give a plan of somebody below the actor that is no draft any more, or raise NotFound."""
    found = _one(
        session, (DevelopmentPlan.id == plan_id) & (DevelopmentPlan.state != PlanState.DRAFT), lock=lock
    )
    if not reporting.is_above(session, actor.id, found.employee_id):
        raise NotFound("There is no such plan.")
    return found


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool) -> DevelopmentPlan:
    query = select(DevelopmentPlan).where(condition).options(*LOADED)
    if lock:
        query = query.with_for_update(of=DevelopmentPlan).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such plan.")
    return found


def list_plans(session: Session, employee_id: str, *, with_drafts: bool) -> list[DevelopmentPlan]:
    """List the plans of a person, the latest first, with goals and activities."""
    query = select(DevelopmentPlan).where(DevelopmentPlan.employee_id == employee_id)
    if not with_drafts:
        query = query.where(DevelopmentPlan.state != PlanState.DRAFT)
    query = query.options(*LOADED).order_by(DevelopmentPlan.starts_on.desc(), DevelopmentPlan.id.desc())
    return list(session.scalars(query.limit(MOST)))


def get_activity(plan: DevelopmentPlan, activity_id: str) -> DevelopmentActivity:
    """Give an activity of a loaded plan, or raise NotFound."""
    found = next((one for goal in plan.goals for one in goal.activities if one.id == activity_id), None)
    if found is None:
        raise NotFound("There is no such activity.")
    return found


def get_goal(plan: DevelopmentPlan, goal_id: str) -> DevelopmentGoal:
    """Give a goal of a loaded plan, or raise NotFound."""
    found = next((goal for goal in plan.goals if goal.id == goal_id), None)
    if found is None:
        raise NotFound("There is no such goal.")
    return found
