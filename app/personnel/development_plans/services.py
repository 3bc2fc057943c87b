"""Writing a development plan, agreeing to it, doing it, and looking back on it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel import mailing, reporting
from app.personnel.competencies.queries import get_competency_of
from app.personnel.courses.queries import get_open_course
from app.personnel.development_plans import queries, rules
from app.personnel.development_plans.models import (
    DevelopmentActivity,
    DevelopmentGoal,
    DevelopmentPlan,
)
from app.personnel.development_plans.states import PlanState, move
from app.personnel.employees.queries import find_own_employee
from app.platform import audit, clock, links
from app.platform.actors import Actor
from app.platform.errors import Forbidden, Invalid
from app.platform.ids import new_id


def create_plan(
    session: Session, *, starts_on: dt.date, ends_on: dt.date, actor: Actor, at: dt.datetime
) -> DevelopmentPlan:
    """Begin a plan of one's own, as a draft."""
    employee = find_own_employee(session, actor.id)
    if employee is None:
        raise Forbidden("Only people in service have a development plan.")
    rules.check_period(starts_on, ends_on)
    made = DevelopmentPlan(
        id=new_id("dvp"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        starts_on=starts_on,
        ends_on=ends_on,
        state=PlanState.DRAFT,
    )
    session.add(made)
    session.flush()
    _record(session, "create", made, actor, at)
    return made


def add_goal(
    session: Session,
    *,
    plan_id: str,
    goal: str,
    competency_id: str | None,
    level: int | None,
    actor: Actor,
    at: dt.datetime,
) -> DevelopmentGoal:
    """Add a goal to a draft, perhaps to reach a level of a competency."""
    plan = queries.get_own(session, plan_id, actor.id, lock=True)
    rules.demand_draft(plan.state)
    if not goal.strip():
        raise Invalid(goal="Enter the goal.")
    if (competency_id is None) != (level is None):
        raise Invalid(level="Select a competency and its level, or neither.")
    if competency_id is not None:
        competency = get_competency_of(session, competency_id, plan.agency_id)
        if level not in {one.level for one in competency.levels}:
            raise Invalid(level="Select a level that the competency has.")
    made = DevelopmentGoal(
        id=new_id("dvg"),
        plan_id=plan.id,
        position=max((one.position for one in plan.goals), default=0) + 1,
        goal=goal.strip(),
        competency_id=competency_id,
        level=level,
    )
    session.add(made)
    session.flush()
    _record(session, "add_goal", plan, actor, at)
    return made


def add_activity(
    session: Session,
    *,
    plan_id: str,
    goal_id: str,
    activity: str,
    course_id: str | None,
    by_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> DevelopmentActivity:
    """Add an activity to a goal of a draft, perhaps a course of the catalogue."""
    plan = queries.get_own(session, plan_id, actor.id, lock=True)
    rules.demand_draft(plan.state)
    goal = queries.get_goal(plan, goal_id)
    rules.check_by(by_on, plan.starts_on, plan.ends_on)
    if not activity.strip():
        raise Invalid(activity="Enter what you will do.")
    if course_id is not None:
        get_open_course(session, course_id, plan.employee)
    made = DevelopmentActivity(
        id=new_id("dva"), goal_id=goal.id, activity=activity.strip(), course_id=course_id, by_on=by_on
    )
    session.add(made)
    session.flush()
    _record(session, "add_activity", plan, actor, at)
    return made


def remove_goal(session: Session, *, plan_id: str, goal_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take a goal out of a draft, with its activities."""
    plan = queries.get_own(session, plan_id, actor.id, lock=True)
    rules.demand_draft(plan.state)
    goal = queries.get_goal(plan, goal_id)
    for activity in goal.activities:
        session.delete(activity)
    session.flush()
    session.delete(goal)
    session.flush()
    _record(session, "remove_goal", plan, actor, at)


def propose_plan(session: Session, *, plan_id: str, actor: Actor, at: dt.datetime) -> DevelopmentPlan:
    """Agree to one's own plan and ask the supervisor to."""
    plan = queries.get_own(session, plan_id, actor.id, lock=True)
    rules.check_complete([len(goal.activities) for goal in plan.goals])
    supervisor = reporting.find_supervisor(session, plan.employee_id)
    plan.state = move(plan.state, PlanState.PROPOSED)
    plan.approver_id = supervisor.account_id if supervisor else None
    plan.proposed_by, plan.proposed_at, plan.returned = actor.id, at, None
    session.flush()
    _record(session, "propose", plan, actor, at)
    if supervisor is not None:
        mailing.tell(
            session,
            supervisor,
            key=f"development-plan:{plan.id}:{at.isoformat()}",
            subject=f"{plan.employee.name} proposes a development plan",
            lines=("Read it and agree, or send it back.", _address(plan, "team/")),
            at=at,
        )
    return plan


def answer_plan(
    session: Session, *, plan_id: str, agrees: bool, remark: str, actor: Actor, at: dt.datetime
) -> DevelopmentPlan:
    """Agree to a plan as a superior, or send it back with what is to change."""
    plan = _led(session, plan_id, actor)
    if not agrees and not remark.strip():
        raise Invalid(remark="Say what is to change.")
    plan.state = move(plan.state, PlanState.AGREED if agrees else PlanState.DRAFT)
    if agrees:
        plan.agreed_by, plan.agreed_at = actor.id, at
    plan.returned = remark.strip() or None
    session.flush()
    _record(session, "answer", plan, actor, at, outcome=plan.state.value)
    told = "Your development plan is agreed." if agrees else "Your development plan came back to you."
    _tell(session, plan, told, remark, at)
    return plan


def finish_activity(
    session: Session, *, plan_id: str, activity_id: str, done_on: dt.date, actor: Actor, at: dt.datetime
) -> None:
    """Say on which day something of an agreed plan was done."""
    plan = queries.get_own(session, plan_id, actor.id, lock=True)
    if plan.state is not PlanState.AGREED:
        raise Invalid("Activities are done once the plan is agreed.")
    activity = queries.get_activity(plan, activity_id)
    if done_on > clock.local_date(at, plan.agency.time_zone):
        raise Invalid(done_on="The day must not be in the future.")
    if done_on < plan.starts_on:
        raise Invalid(done_on="The day must not be before the plan begins.")
    activity.done_on = done_on
    session.flush()
    _record(session, "finish_activity", plan, actor, at)


def review_plan(
    session: Session, *, plan_id: str, review: str, actor: Actor, at: dt.datetime
) -> DevelopmentPlan:
    """Look back on an agreed plan as a superior, which closes it."""
    plan = _led(session, plan_id, actor)
    if not review.strip():
        raise Invalid(review="Say what was reached and what comes next.")
    plan.state = move(plan.state, PlanState.REVIEWED)
    plan.reviewed_by, plan.reviewed_at, plan.review = actor.id, at, review.strip()
    session.flush()
    _record(session, "review", plan, actor, at)
    _tell(session, plan, "Your supervisor has looked back on your development plan.", review, at)
    return plan


def _led(session: Session, plan_id: str, actor: Actor) -> DevelopmentPlan:
    plan = queries.get_led(session, plan_id, actor, lock=True)
    is_above = reporting.is_above(session, actor.id, plan.employee_id)
    rules.demand_superior(actor.id, plan.employee.account_id, is_above=is_above)
    return plan


def _tell(session: Session, plan: DevelopmentPlan, told: str, remark: str, at: dt.datetime) -> None:
    mailing.tell(
        session,
        plan.employee,
        key=f"development-plan:{plan.id}:{at.isoformat()}",
        subject=told,
        lines=(told, *([remark.strip()] if remark.strip() else []), _address(plan)),
        at=at,
    )


def _address(plan: DevelopmentPlan, part: str = "") -> str:
    return links.absolute(f"/my/{part}development/{plan.id}")


def _record(
    session: Session, act: str, plan: DevelopmentPlan, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.development_plans.{act}",
        actor=actor,
        at=at,
        subject=plan.id,
        agency_id=plan.agency_id,
        employee=plan.employee_id,
        **details,
    )
