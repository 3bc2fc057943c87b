"""What the three pages of a plan show alike: to the employee, to the supervisor, to the office."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.personnel.improvement.queries import list_improvements_of
from app.personnel.performance.models import PerformancePlan
from app.personnel.performance.queries import rule_of
from app.personnel.ratings.queries import find_rating
from app.personnel.ratings.states import OF_RECORD


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
    }
