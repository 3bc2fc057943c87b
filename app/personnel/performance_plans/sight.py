"""What the three pages of a plan show alike: to the employee, to the supervisor, to the office."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.personnel.awards.queries import list_awards_of
from app.personnel.employees.models import Employee
from app.personnel.improvement.queries import list_improvements_of
from app.personnel.performance.models import PerformancePlan
from app.personnel.performance.queries import list_plans_of, rule_of
from app.personnel.performance.rules import check_ready
from app.personnel.performance.states import IN_FORCE
from app.personnel.ratings.queries import find_rating, map_ratings
from app.personnel.ratings.states import OF_RECORD
from app.personnel.within_grade.queries import list_increases_of
from app.platform import clock
from app.platform.errors import Conflict


def load(session: Session, plan: PerformancePlan, *, with_unapproved: bool) -> dict[str, Any]:
    """Load a plan's rule, rating and improvement plans; an employee sees a rating once it is of record."""
    rating = find_rating(session, plan.id)
    if rating is not None and rating.state not in OF_RECORD and not with_unapproved:
        rating = None
    improvements = [one for one in list_improvements_of(session, plan.employee_id) if one.plan_id == plan.id]
    return {
        "plan": plan,
        "regime": rule_of(plan),
        "rating": rating,
        "judged": {row.element_id: row for row in rating.elements} if rating else {},
        "improvements": improvements,
        "rated_later": _why_not_yet(plan),
    }


def load_record(session: Session, employee: Employee, *, with_unapproved: bool) -> dict[str, Any]:
    """Load everything about a person's performance that a supervisor or the office may see."""
    plans = list_plans_of(session, employee.id, with_drafts=True)
    ratings = map_ratings(session, [plan.id for plan in plans])
    if not with_unapproved:
        ratings = {own: rating for own, rating in ratings.items() if rating.state in OF_RECORD}
    return {
        "employee": employee,
        "plans": plans,
        "ratings": ratings,
        "improvements": list_improvements_of(session, employee.id),
        "increases": list_increases_of(session, employee.id),
        "awards": list_awards_of(session, employee.id, with_waiting=True),
    }


def _why_not_yet(plan: PerformancePlan) -> str:
    """Say why a plan in force cannot be rated yet; "" when it can, or was."""
    if plan.state not in IN_FORCE or plan.issued_at is None:
        return ""
    zone = plan.agency.time_zone
    try:
        check_ready(
            rule_of(plan).plan,
            issued_on=clock.local_date(plan.issued_at, zone),
            reviews=len(plan.progress),
            ends_on=plan.cycle.ends_on,
            today=clock.local_date(clock.now(), zone),
        )
    except Conflict as reason:
        return reason.message
    return ""
