"""Opening an improvement plan, checking in, finding its outcome, confirming it, and reminding in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.improvement import letters, queries, rules
from app.personnel.improvement.models import CheckIn, ImprovementPlan
from app.personnel.improvement.states import ImprovementState, Outcome, move
from app.personnel.performance import queries as plans
from app.personnel.performance.rules import check_held_on
from app.personnel.performance.states import IN_FORCE
from app.platform import audit, clock, sequences
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

OPEN = "personnel.improvement.open_plan"


@dataclass(frozen=True, slots=True)
class Opening:
    """What an opportunity begins with; `elements` are ids."""

    elements: tuple[str, ...]
    instances: str
    requirement: str
    assistance: str
    delivered_on: dt.date
    ends_on: dt.date


def open_improvement(
    session: Session, *, plan_id: str, opening: Opening, actor: Actor, at: dt.datetime
) -> ImprovementPlan:
    """Give an employee the opportunity to show acceptable performance in critical elements of the plan."""
    plan = plans.get_team_plan(session, plan_id, actor, OPEN, lock=True)
    if plan.state not in IN_FORCE:
        raise Conflict("An opportunity is about the elements of a plan that is in force.")
    today, rule = clock.local_date(at, plan.agency.time_zone), plans.rule_of(plan).opportunity
    chosen = [one for one in plan.elements if one.id in opening.elements]
    rules.check_elements(chosen, opening.elements)
    rules.check_days(rule, opening.delivered_on, opening.ends_on, today)
    improvement = ImprovementPlan(
        id=new_id("ipl"),
        number=f"IP-{today.year}-{sequences.next_number(session, f'improvement:{today.year}'):05d}",
        plan=plan,
        employee=plan.employee,
        agency=plan.agency,
        instances=opening.instances.strip(),
        requirement=opening.requirement.strip(),
        assistance=opening.assistance.strip(),
        delivered_on=opening.delivered_on,
        ends_on=opening.ends_on,
        state=ImprovementState.OPEN,
        opened_by=str(actor.id),
        opened_at=at,
        elements=chosen,
        check_ins=[],
    )
    session.add(improvement)
    session.flush()
    improvement.notice_id = letters.promise_notice(session, improvement, rule, actor, at)
    session.flush()
    _record(session, "open_plan", improvement, actor, at, elements=len(chosen), ends_on=opening.ends_on)
    return improvement


def check_in(
    session: Session,
    *,
    improvement_id: str,
    held_on: dt.date,
    progress: str,
    help_given: str,
    actor: Actor,
    at: dt.datetime,
) -> CheckIn:
    """Write down a talk in the opportunity period: how the work stands and what help was given."""
    improvement = queries.get_team_improvement(
        session, improvement_id, actor, "personnel.improvement.check_in", lock=True
    )
    if improvement.state is not ImprovementState.OPEN:
        raise Conflict("Check-ins are written down while the opportunity runs.")
    talk = CheckIn(
        id=new_id("cki"),
        improvement_id=improvement.id,
        held_on=check_held_on(held_on, improvement.delivered_on, _today(improvement, at)),
        progress=progress.strip(),
        help_given=help_given.strip(),
        written_by=str(actor.id),
        written_at=at,
    )
    session.add(talk)
    session.flush()
    _record(session, "check_in", improvement, actor, at, check_in=talk.id)
    return talk


def assess(
    session: Session,
    *,
    improvement_id: str,
    outcome: Outcome,
    findings: str,
    actor: Actor,
    at: dt.datetime,
) -> ImprovementPlan:
    """Find whether the work became acceptable; unacceptable not before the period is over."""
    improvement = queries.get_team_improvement(
        session, improvement_id, actor, "personnel.improvement.assess", lock=True
    )
    state = move(improvement.state, ImprovementState.ASSESSED)
    rules.check_assessment(
        plans.rule_of(improvement.plan).opportunity,
        outcome,
        ends_on=improvement.ends_on,
        check_ins=len(improvement.check_ins),
        today=_today(improvement, at),
    )
    if not findings.strip():
        raise Invalid(findings="Say what the outcome rests on, element by element")
    improvement.state, improvement.outcome, improvement.findings = state, outcome, findings.strip()
    improvement.assessed_by, improvement.assessed_at = actor.id, at
    session.flush()
    _record(session, "assess", improvement, actor, at, outcome=outcome.value)
    return improvement


def conclude(
    session: Session, *, improvement_id: str, is_confirmed: bool, actor: Actor, at: dt.datetime
) -> ImprovementPlan:
    """Confirm the outcome, by somebody other than who found it, or give the plan back to who did."""
    improvement = queries.get_staff_improvement(session, improvement_id, actor, lock=True)
    actor.demand("personnel.improvement.conclude", improvement.agency_id)
    to = ImprovementState.CONCLUDED if is_confirmed else ImprovementState.OPEN
    state = move(improvement.state, to)
    rules.demand_second_person(actor.id, improvement.assessed_by)
    _demand_not_own(improvement, actor)
    improvement.state = state
    if is_confirmed:
        improvement.concluded_by, improvement.concluded_at = actor.id, at
        letters.tell_outcome(session, improvement, at)
    session.flush()
    _record(session, "conclude", improvement, actor, at, confirmed=is_confirmed)
    return improvement


def cancel(
    session: Session, *, improvement_id: str, reason: str, actor: Actor, at: dt.datetime
) -> ImprovementPlan:
    """Cancel an improvement plan that should not go on, with the reason."""
    improvement = queries.get_staff_improvement(session, improvement_id, actor, lock=True)
    actor.demand("personnel.improvement.cancel", improvement.agency_id)
    _demand_not_own(improvement, actor)
    if not reason.strip():
        raise Invalid(reason="Enter why the plan is cancelled")
    improvement.state = move(improvement.state, ImprovementState.CANCELLED)
    improvement.cancel_reason = reason.strip()
    session.flush()
    _record(session, "cancel", improvement, actor, at)
    return improvement


def remind(session: Session, *, at: dt.datetime) -> int:
    """Mail the supervisor whose next check-in is due or whose plan is over without a finding; count them."""
    sent = 0
    for improvement in queries.list_live(session):
        if improvement.state is not ImprovementState.OPEN:
            continue
        today = _today(improvement, at)
        last = max([improvement.delivered_on, *(talk.held_on for talk in improvement.check_ins)])
        rule = plans.rule_of(improvement.plan).opportunity
        is_over = today > improvement.ends_on
        if is_over or rules.check_in_due(rule, last, today):
            letters.remind(session, improvement, last, is_over, at)
            sent += 1
    if sent:
        audit.record(
            session, "personnel.improvement.remind", actor=SYSTEM, at=at, subject="plans", mails=sent
        )
    return sent


def _demand_not_own(improvement: ImprovementPlan, actor: Actor) -> None:
    if actor.id is not None and actor.id == improvement.employee.account_id:
        raise Conflict("You cannot decide on your own improvement plan.")


def _today(improvement: ImprovementPlan, at: dt.datetime) -> dt.date:
    return clock.local_date(at, improvement.agency.time_zone)


def _record(
    session: Session, act: str, improvement: ImprovementPlan, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.improvement.{act}",
        actor=actor,
        at=at,
        subject=improvement.id,
        agency_id=improvement.agency_id,
        employee=improvement.employee_id,
        **details,
    )
