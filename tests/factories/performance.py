"""Cycles, plans, ratings, improvement plans, increases and awards, made by direct inserts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.awards.models import Award
from app.personnel.awards.states import AwardKind, AwardState
from app.personnel.employees.models import Employee
from app.personnel.improvement.models import ImprovementPlan
from app.personnel.improvement.states import ImprovementState
from app.personnel.performance.models import PerformanceCycle, PerformancePlan, PlanElement
from app.personnel.performance.states import CycleState, PlanState
from app.personnel.ratings.models import ElementRating, PerformanceRating
from app.personnel.ratings.states import RatingState
from app.personnel.within_grade.models import StepIncrease
from app.personnel.within_grade.states import IncreaseState
from app.platform.ids import new_id
from tests.factories.accounts import make_account

ISSUED_AT = dt.datetime(2025, 10, 14, 14, 0, tzinfo=dt.UTC)
RATED_AT = dt.datetime(2026, 10, 12, 14, 0, tzinfo=dt.UTC)
STANDARDS = (("Filing of permits", True), ("Courtesy at the counter", False))


def make_cycle(session: Session, *, agency_id: str, **values: Any) -> PerformanceCycle:
    """Insert a running cycle of the federal fiscal year 2026, under the federal rule of five levels."""
    cycle = PerformanceCycle(
        **{
            "id": new_id("pcy"),
            "agency_id": agency_id,
            "title": f"Fiscal year 2026 {new_id('pcy')[-6:]}",
            "starts_on": dt.date(2025, 10, 1),
            "ends_on": dt.date(2026, 9, 30),
            "plans_due_on": dt.date(2025, 10, 31),
            "progress_due_on": dt.date(2026, 3, 31),
            "ratings_due_on": dt.date(2026, 11, 14),
            "regime": "us-5-cfr-430",
            "state": CycleState.RUNNING,
            "created_by": values.pop("created_by", None) or make_account(session).id,
            "created_at": ISSUED_AT,
        }
        | values
    )
    return _insert(session, cycle)


def make_plan(
    session: Session,
    *,
    employee: Employee,
    cycle: PerformanceCycle | None = None,
    elements: tuple[tuple[str, bool], ...] = STANDARDS,
    **values: Any,
) -> PerformancePlan:
    """Insert an acknowledged plan with its elements (title, critical or not)."""
    cycle = cycle or make_cycle(session, agency_id=employee.agency_id)
    plan = PerformancePlan(
        **{
            "id": new_id("ppl"),
            "cycle": cycle,
            "employee": employee,
            "agency_id": employee.agency_id,
            "person": employee.name,
            "position_title": "Records analyst",
            "unit": "Main archive",
            "state": PlanState.ACKNOWLEDGED,
            "issued_at": ISSUED_AT,
            "acknowledged_at": ISSUED_AT,
        }
        | values
    )
    plan.elements = [
        PlanElement(
            id=new_id("pel"),
            position=place,
            title=title,
            standard="Ninety-five of one hundred within a day.",
            is_critical=is_critical,
        )
        for place, (title, is_critical) in enumerate(elements, 1)
    ]
    return _insert(session, plan)


def make_rating(
    session: Session, *, plan: PerformancePlan, level: int = 3, **values: Any
) -> PerformanceRating:
    """Insert a rating of record at a level, each element at it."""
    rating = PerformanceRating(
        **{
            "id": new_id("prt"),
            "plan_id": plan.id,
            "employee_id": plan.employee_id,
            "agency_id": plan.agency_id,
            "summary_level": level,
            "because": "Made for a test.",
            "narrative": "A steady year.",
            "state": RatingState.APPROVED,
            "rated_by": make_account(session).id,
            "rated_at": RATED_AT,
            "reviewed_by": make_account(session).id,
            "reviewed_at": RATED_AT,
        }
        | values
    )
    rating.elements = [
        ElementRating(element_id=element.id, level=level, narrative="As agreed.") for element in plan.elements
    ]
    if rating.reviewed_at:
        plan.state = PlanState.RATED
    return _insert(session, rating)


def make_improvement(session: Session, *, plan: PerformancePlan, **values: Any) -> ImprovementPlan:
    """Insert an open improvement plan on the critical elements of a plan."""
    own = new_id("ipl")
    row = ImprovementPlan(
        **{
            "id": own,
            "number": f"IP-{own[-8:].upper()}",
            "plan": plan,
            "employee_id": plan.employee_id,
            "agency_id": plan.agency_id,
            "instances": "In August 2026, 31 of 80 permits were filed under a wrong number.",
            "requirement": "Ninety-five of one hundred permits under their number.",
            "assistance": "A talk each second week.",
            "delivered_on": dt.date(2026, 9, 1),
            "ends_on": dt.date(2026, 10, 31),
            "state": ImprovementState.OPEN,
            "opened_by": values.pop("opened_by", None) or make_account(session).id,
            "opened_at": dt.datetime(2026, 9, 1, 14, 0, tzinfo=dt.UTC),
        }
        | values
    )
    row.elements = [element for element in plan.elements if element.is_critical]
    return _insert(session, row)


def make_increase(session: Session, *, employee: Employee, **values: Any) -> StepIncrease:
    """Insert an increase to step 2 that is due on 29 November 2026 and waits for the supervisor."""
    return _insert(
        session,
        StepIncrease(
            **{
                "id": new_id("wgi"),
                "employee_id": employee.id,
                "agency_id": employee.agency_id,
                "grade": "09",
                "from_step": 1,
                "to_step": 2,
                "waiting_from": dt.date(2025, 11, 24),
                "due_on": dt.date(2026, 11, 29),
                "regime": "us-5-cfr-531",
                "state": IncreaseState.DUE,
                "found_at": RATED_AT,
            }
            | values
        ),
    )


def make_award(session: Session, *, employee: Employee, **values: Any) -> Award:
    """Insert an award of five hundred dollars that waits for approval."""
    own = new_id("awd")
    return _insert(
        session,
        Award(
            **{
                "id": own,
                "number": f"AW-{own[-8:].upper()}",
                "employee_id": employee.id,
                "agency_id": employee.agency_id,
                "kind": AwardKind.SPECIAL_ACT,
                "amount_minor": 500_00,
                "currency": "USD",
                "reason": "The index of old permits, two months early.",
                "regime": "us-5-cfr-451",
                "state": AwardState.NOMINATED,
                "nominated_by": values.pop("nominated_by", None) or make_account(session).id,
                "nominated_at": RATED_AT,
            }
            | values
        ),
    )


def _insert(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row
