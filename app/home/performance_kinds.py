"""The kinds of work that performance makes: ratings to review, outcomes, increases and awards to decide."""

from __future__ import annotations

from app.home.waiting import Kind, One, add
from app.personnel.awards.models import Award
from app.personnel.awards.states import AwardState
from app.personnel.employees.models import Employee
from app.personnel.improvement.models import ImprovementPlan
from app.personnel.improvement.states import ImprovementState
from app.personnel.performance.models import PerformancePlan
from app.personnel.ratings.models import PerformanceRating
from app.personnel.ratings.states import RatingState
from app.personnel.within_grade.models import StepIncrease
from app.personnel.within_grade.states import IncreaseState

PERFORMANCE = (
    Kind(
        "Ratings to review",
        "personnel.ratings.review",
        "personnel.ratings.list_staff",
        PerformanceRating,
        PerformanceRating.state == RatingState.PROPOSED,
        PerformanceRating.agency_id,
        PerformanceRating.rated_at,
        PerformanceRating.rated_by,
        joins=((PerformancePlan, PerformancePlan.id == PerformanceRating.plan_id),),
        values={"state": "proposed"},
        one=One("personnel.ratings.review", "rating_id", PerformanceRating.id, PerformancePlan.person),
        days=14,
    ),
    Kind(
        "Outcomes of improvement plans to confirm",
        "personnel.improvement.conclude",
        "personnel.improvement.list_staff",
        ImprovementPlan,
        ImprovementPlan.state == ImprovementState.ASSESSED,
        ImprovementPlan.agency_id,
        ImprovementPlan.assessed_at,
        ImprovementPlan.assessed_by,
        values={"state": "assessed"},
        one=One("personnel.improvement.show", "improvement_id", ImprovementPlan.id, ImprovementPlan.number),
        days=7,
    ),
    Kind(
        "Step increases to decide",
        "personnel.within_grade.decide",
        "personnel.within_grade.list_staff",
        StepIncrease,
        StepIncrease.state == IncreaseState.DETERMINED,
        StepIncrease.agency_id,
        StepIncrease.determined_at,
        StepIncrease.determined_by,
        joins=((Employee, Employee.id == StepIncrease.employee_id),),
        values={"state": "determined"},
        one=One("personnel.within_grade.show", "increase_id", StepIncrease.id, Employee.name),
        days=14,
    ),
    Kind(
        "Denied step increases to look at again",
        "personnel.within_grade.reconsider",
        "personnel.within_grade.list_staff",
        StepIncrease,
        StepIncrease.state == IncreaseState.ASKED,
        StepIncrease.agency_id,
        StepIncrease.requested_at,
        StepIncrease.decided_by,
        joins=((Employee, Employee.id == StepIncrease.employee_id),),
        values={"state": "asked"},
        one=One("personnel.within_grade.show", "increase_id", StepIncrease.id, Employee.name),
        days=15,
    ),
    Kind(
        "Awards to decide",
        "personnel.awards.decide",
        "personnel.awards.list_staff",
        Award,
        Award.state == AwardState.NOMINATED,
        Award.agency_id,
        Award.nominated_at,
        Award.nominated_by,
        values={"state": "nominated"},
        one=One("personnel.awards.show", "award_id", Award.id, Award.number),
        days=14,
    ),
)
add(PERFORMANCE)
