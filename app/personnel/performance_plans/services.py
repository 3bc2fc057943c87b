"""Changing a plan: writing it, giving it out, acknowledging it, talking about it, voiding it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel import reporting
from app.personnel.performance import queries, rules
from app.personnel.performance.models import PerformancePlan, PlanElement, ProgressReview, SelfAssessment
from app.personnel.performance.rules import Element
from app.personnel.performance.states import IN_FORCE, CycleState, PlanState, move_plan
from app.personnel.performance_plans import letters
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.ids import new_id

EDIT = "personnel.performance_plans.edit"
VOID = "personnel.performance_plans.void"


def add_element(
    session: Session, *, plan_id: str, element: Element, actor: Actor, at: dt.datetime
) -> PlanElement:
    """Add an element to a plan that is being written."""
    plan = _draft(session, plan_id, actor)
    checked = rules.check_element(queries.rule_of(plan).plan, element, _elements(plan))
    return _add(session, plan, checked, actor, at)


def remove_element(session: Session, *, plan_id: str, element_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take an element out of a plan that is being written."""
    plan = _draft(session, plan_id, actor)
    found = next((one for one in plan.elements if one.id == element_id), None)
    if found is None:
        raise NotFound("There is no such element in this plan.")
    session.delete(found)
    session.flush()
    _record(session, "remove_element", plan, actor, at, element=element_id)


def copy_elements(session: Session, *, plan_id: str, actor: Actor, at: dt.datetime) -> int:
    """Copy the elements of the person's last plan into an empty one, and count them."""
    plan = _draft(session, plan_id, actor)
    earlier = queries.find_earlier_plan(session, plan)
    if earlier is None or plan.elements:
        raise Conflict("There is nothing to copy, or the plan has elements already.")
    copied = _elements(earlier)
    for place, element in enumerate(copied):
        checked = rules.check_element(queries.rule_of(plan).plan, element, copied[:place])
        _add(session, plan, checked, actor, at)
    return len(copied)


def issue_plan(session: Session, *, plan_id: str, actor: Actor, at: dt.datetime) -> PerformancePlan:
    """Give a plan to the employee; it counts from today."""
    plan = _draft(session, plan_id, actor)
    if plan.cycle.state is not CycleState.RUNNING:
        raise Conflict("Plans are issued while their cycle runs.")
    rules.check_plan(queries.rule_of(plan).plan, _elements(plan))
    superior = reporting.find_supervisor(session, plan.employee_id)
    plan.supervisor_id = superior.id if superior else plan.supervisor_id
    plan.state, plan.issued_at, plan.issued_by = move_plan(plan.state, PlanState.ISSUED), at, actor.id
    session.flush()
    _record(session, "issue", plan, actor, at, elements=len(plan.elements))
    letters.tell_issued(session, plan, at)
    return plan


def acknowledge_plan(session: Session, *, plan_id: str, actor: Actor, at: dt.datetime) -> PerformancePlan:
    """Note that the employee has read the own plan."""
    plan = queries.get_own_plan(session, plan_id, actor, lock=True)
    plan.state, plan.acknowledged_at = move_plan(plan.state, PlanState.ACKNOWLEDGED), at
    session.flush()
    _record(session, "acknowledge", plan, actor, at)
    return plan


def add_progress(
    session: Session, *, plan_id: str, held_on: dt.date, narrative: str, actor: Actor, at: dt.datetime
) -> ProgressReview:
    """Write down a talk about the work so far; the employee may read it."""
    plan = queries.get_team_plan(
        session, plan_id, actor, "personnel.performance_plans.add_progress", lock=True
    )
    issued_on = _in_force(plan)
    if not narrative.strip():
        raise Invalid(narrative="Write down what was said")
    review = ProgressReview(
        id=new_id("pgv"),
        plan_id=plan.id,
        held_on=rules.check_held_on(held_on, issued_on, _today(plan, at)),
        narrative=narrative.strip(),
        written_by=str(actor.id),
        written_at=at,
    )
    session.add(review)
    session.flush()
    _record(session, "add_progress", plan, actor, at, review=review.id)
    return review


def assess_self(
    session: Session, *, plan_id: str, narrative: str, actor: Actor, at: dt.datetime
) -> SelfAssessment:
    """Keep what the employee says about the own work; it may change until the plan is rated."""
    plan = queries.get_own_plan(session, plan_id, actor, lock=True)
    _in_force(plan)
    if not narrative.strip():
        raise Invalid(narrative="Say what you did, element by element")
    own = plan.self_assessment
    if own is None:
        own = SelfAssessment(plan_id=plan.id)
        session.add(own)
    own.narrative, own.written_at = narrative.strip(), at
    session.flush()
    _record(session, "assess", plan, actor, at)
    return own


def void_plan(
    session: Session, *, plan_id: str, reason: str, actor: Actor, at: dt.datetime
) -> PerformancePlan:
    """Void a plan that will not be rated, with the reason: the person left, or the work changed."""
    plan = queries.get_staff_plan(session, plan_id, actor)
    actor.demand(VOID, plan.agency_id)
    if plan.employee.account_id is not None and plan.employee.account_id == actor.id:
        raise Conflict("Somebody else has to void your own plan.")
    plan = queries.get_team_plan(session, plan_id, actor, VOID, lock=True)
    if not reason.strip():
        raise Invalid(reason="Enter why this plan is void")
    plan.state, plan.void_reason = move_plan(plan.state, PlanState.VOID), reason.strip()
    session.flush()
    _record(session, "void", plan, actor, at)
    return plan


def _draft(session: Session, plan_id: str, actor: Actor) -> PerformancePlan:
    plan = queries.get_team_plan(session, plan_id, actor, EDIT, lock=True)
    if plan.state is not PlanState.DRAFT:
        raise Conflict("This plan was given to the employee already, so its elements stand.")
    return plan


def _in_force(plan: PerformancePlan) -> dt.date:
    """Give the day on which a plan in force was issued, on the agency's clock."""
    if plan.state not in IN_FORCE or plan.issued_at is None:
        raise Conflict(f"The state of this plan is “{plan.state.title}”, so this cannot be done.")
    return clock.local_date(plan.issued_at, plan.agency.time_zone)


def _elements(plan: PerformancePlan) -> list[Element]:
    return [Element(one.title, one.standard, one.is_critical, one.weight) for one in plan.elements]


def _add(
    session: Session, plan: PerformancePlan, element: Element, actor: Actor, at: dt.datetime
) -> PlanElement:
    row = PlanElement(
        id=new_id("pel"),
        plan_id=plan.id,
        position=max((one.position for one in plan.elements), default=0) + 1,
        title=element.title,
        standard=element.standard,
        is_critical=element.is_critical,
        weight=element.weight,
    )
    plan.elements.append(row)
    session.flush()
    _record(session, "edit", plan, actor, at, element=row.id)
    return row


def _today(plan: PerformancePlan, at: dt.datetime) -> dt.date:
    return clock.local_date(at, plan.agency.time_zone)


def _record(
    session: Session, act: str, plan: PerformancePlan, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.performance_plans.{act}",
        actor=actor,
        at=at,
        subject=plan.id,
        agency_id=plan.agency_id,
        employee=plan.employee_id,
        **details,
    )
