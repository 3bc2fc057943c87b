"""Rating a plan, reviewing the rating, and what the employee says to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.personnel import reporting
from app.personnel.performance import queries as plans
from app.personnel.performance.models import PerformancePlan
from app.personnel.performance.rules import check_ready
from app.personnel.performance.states import IN_FORCE, PlanState, move_plan
from app.personnel.ratings import letters, queries, rules
from app.personnel.ratings.models import ElementRating, PerformanceRating
from app.personnel.ratings.rules import Judged
from app.personnel.ratings.states import RatingState, move
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.ids import new_id

RATE = "personnel.ratings.rate"
REVIEW = "personnel.ratings.review"


def rate_plan(
    session: Session,
    *,
    plan_id: str,
    given: Mapping[str, tuple[int, str]],
    narrative: str,
    actor: Actor,
    at: dt.datetime,
) -> PerformanceRating:
    """Rate each element of a plan (`given`: level and reasons by element); the rule gives the summary."""
    # the plan is read last: reading the rating would leave it without its talks
    rating = queries.find_rating(session, plan_id, lock=True)
    plan = plans.get_team_plan(session, plan_id, actor, RATE, lock=True)
    if rating is not None:
        move(rating.state, RatingState.PROPOSED)
    summary = _judge(plan, given, narrative, at)
    if rating is None:
        rating = PerformanceRating(id=new_id("prt"), plan_id=plan.id, elements=[])
        session.add(rating)
    rating.employee_id, rating.agency_id = plan.employee_id, plan.agency_id
    rating.summary_level, rating.points, rating.because = summary.level, summary.points, summary.because
    rating.narrative, rating.state, rating.return_reason = narrative.strip(), RatingState.PROPOSED, None
    rating.rated_by, rating.rated_at = str(actor.id), at
    session.flush()
    _keep_elements(session, rating, given)
    _record(session, "rate", rating, actor, at, level=summary.level)
    return rating


def review_rating(
    session: Session, *, rating_id: str, is_approved: bool, reason: str, actor: Actor, at: dt.datetime
) -> PerformanceRating:
    """Approve a rating, which makes it the rating of record, or return it with a reason; never one's own."""
    rating = get_to_review(session, rating_id, actor, lock=True)
    # who voids the plan locks it too: one of the two comes second and is refused
    plans.get_team_plan(session, rating.plan_id, actor, REVIEW, lock=True)
    rules.demand_second_person(actor.id, rating.rated_by)
    if not is_approved and not reason.strip():
        raise Invalid(reason="Say what has to be looked at again")
    rating.state = move(rating.state, RatingState.APPROVED if is_approved else RatingState.RETURNED)
    rating.return_reason = None if is_approved else reason.strip()
    if is_approved:
        rating.reviewed_by, rating.reviewed_at = actor.id, at
        rating.plan.state = move_plan(rating.plan.state, PlanState.RATED)
        rating.notice_id = letters.promise_rating(session, rating, actor, at)
    session.flush()
    _record(session, "review", rating, actor, at, approved=is_approved)
    return rating


def get_to_review(session: Session, rating_id: str, actor: Actor, *, lock: bool = False) -> PerformanceRating:
    """Give a rating to an officer of the agency or somebody above the person; else NotFound or Forbidden."""
    rating = queries.get_rating(session, rating_id, PerformanceRating.id == rating_id, lock=lock)
    employee = rating.plan.employee
    rules.demand_other(actor.id, employee.account_id)
    may = actor.may(REVIEW, rating.agency_id) or reporting.is_above(session, actor.id, employee.id)
    if not may:
        raise Forbidden()
    return rating


def acknowledge_rating(
    session: Session, *, rating_id: str, comment: str, actor: Actor, at: dt.datetime
) -> PerformanceRating:
    """Note that the employee has read the own rating, with a comment where there is one."""
    rating = queries.get_rating(session, rating_id, queries.own(actor), lock=True)
    rating.state = move(rating.state, RatingState.ACKNOWLEDGED)
    rating.comment, rating.acknowledged_at = comment.strip() or None, at
    session.flush()
    _record(session, "acknowledge", rating, actor, at)
    return rating


def _judge(
    plan: PerformancePlan, given: Mapping[str, tuple[int, str]], narrative: str, at: dt.datetime
) -> rules.Summary:
    if plan.state not in IN_FORCE or plan.issued_at is None:
        raise Conflict(f"The state of this plan is “{plan.state.title}”, so it cannot be rated.")
    zone, regime = plan.agency.time_zone, plans.rule_of(plan)
    check_ready(
        regime.plan,
        issued_on=clock.local_date(plan.issued_at, zone),
        reviews=len(plan.progress),
        ends_on=plan.cycle.ends_on,
        today=clock.local_date(at, zone),
    )
    if set(given) != {one.id for one in plan.elements}:
        raise Conflict("The elements of the plan changed. Open the page again.")
    rules.check_levels(regime, [level for level, _ in given.values()])
    rules.demand_narratives(regime, given)
    if not narrative.strip():
        raise Invalid(narrative="Say how the year went as a whole")
    judged = [Judged(given[one.id][0], one.is_critical, one.weight) for one in plan.elements]
    return rules.summarize(regime, judged)


def _keep_elements(session: Session, rating: PerformanceRating, given: Mapping[str, tuple[int, str]]) -> None:
    known = {row.element_id: row for row in rating.elements}
    for element_id, (level, text) in given.items():
        row = known.get(element_id) or ElementRating(rating_id=rating.id, element_id=element_id)
        row.level, row.narrative = level, text.strip()
        session.add(row)
    session.flush()


def _record(
    session: Session, act: str, rating: PerformanceRating, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.ratings.{act}",
        actor=actor,
        at=at,
        subject=rating.id,
        agency_id=rating.agency_id,
        employee=rating.employee_id,
        plan=rating.plan_id,
        **details,
    )
