"""What the crew of the cast's supervisor achieves: ratings, and two improvement plans."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.demonstration.workforce import FIELD
from app.personnel.employees.models import Employee
from app.personnel.improvement import services as improvement
from app.personnel.improvement.services import Opening
from app.personnel.improvement.states import Outcome
from app.personnel.performance.models import PerformancePlan, PlanElement
from app.personnel.ratings import services as ratings
from app.personnel.ratings.models import PerformanceRating
from app.platform import clock

ZONE = places.ZONES[MAIN]
HELP = (
    "A talk each second week.\nTwo days beside the leader of the other crew.\nThe course on records of work."
)
NEEDED = "Ninety-five of one hundred pieces of work need no second visit, and each visit is written down."
BAD = "In {month}, {bad} of {all} visits had to be repeated.\nIn two weeks no record of work was handed in."
FOUND = (
    "In the last four weeks of the period 21 of 60 visits had to be repeated. Records were late on nine days."
)
# The levels of the three elements, by place in the crew. The first failed an opportunity.
LEVELS = ((1, 2, 3), (3, 3, 3), (4, 4, 3), (5, 5, 4), (3, 4, 4), (4, 3, 3), (3, 3, 4), (4, 4, 4))
WORDS = {
    1: "More than a third of the visits had to be repeated, in spite of the help that was given.",
    2: "Records of work were late in four months.",
    3: "As agreed.",
    4: "Better than agreed; the spring plan was finished two weeks early.",
    5: "Not one repeated visit in the year, and two colleagues learnt it here.",
}


def fail(office: Office, cycle_id: str) -> Story:
    """Let somebody of the crew have an opportunity to improve that is not met."""
    session, at = yield office.timeline.office(132, ZONE, 10)
    plan = crew(session, office, cycle_id)[0]
    boss = office.member(session, "supervisor")
    began = _open(session, office, plan, 60, at, BAD.format(month="June", bad=31, all=80))
    for days in (118, 104, 88, 76):
        session, at = yield office.timeline.office(days, ZONE, 15)
        _talk(session, office, began, at)
    session, at = yield office.timeline.office(66, ZONE, 10)
    improvement.assess(
        session, improvement_id=began, outcome=Outcome.UNACCEPTABLE, findings=FOUND, actor=boss, at=at
    )
    session, at = yield office.timeline.office(62, ZONE, 11)
    officer = office.member(session, "hr.officer")
    improvement.conclude(session, improvement_id=began, is_confirmed=True, actor=officer, at=at)


def begin_to_improve(office: Office, cycle_id: str) -> Story:
    """Let the second employee of the cast have an opportunity that still runs."""
    session, at = yield office.timeline.office(45, ZONE, 10)
    own = session.scalars(
        select(PerformancePlan)
        .join(Employee, Employee.id == PerformancePlan.employee_id)
        .where(
            PerformancePlan.cycle_id == cycle_id, Employee.account_id == office.accounts["second.employee"]
        )
    ).one()
    began = _open(session, office, own, 60, at, BAD.format(month="September", bad=14, all=52))
    for days in (41, 40):
        session, at = yield office.timeline.office(days, ZONE, 15)
        _talk(session, office, began, at)


def rate_crew(office: Office, cycle_id: str) -> Story:
    """Let the supervisor rate the crew, an officer review it, and the cast's employee answer."""
    session, at = yield office.timeline.office(34, ZONE, 14)
    boss, officer = office.member(session, "supervisor"), office.member(session, "hr.officer")
    given = []
    for plan, levels in zip(crew(session, office, cycle_id), LEVELS, strict=False):
        elements = _elements(session, plan)
        said = {one: (level, WORDS[level]) for one, level in zip(elements, levels, strict=True)}
        given.append(
            ratings.rate_plan(
                session, plan_id=plan, given=said, narrative="We went through the year.", actor=boss, at=at
            ).id
        )
    session, at = yield office.timeline.office(29, ZONE, 14)
    for rating_id in given:
        ratings.review_rating(session, rating_id=rating_id, is_approved=True, reason="", actor=officer, at=at)
    session, at = yield office.timeline.office(26, ZONE, 17)
    employee = office.member(session, "employee")
    own = session.scalars(
        select(PerformanceRating.id)
        .join(Employee, Employee.id == PerformanceRating.employee_id)
        .where(Employee.account_id == employee.id)
    ).one()
    ratings.acknowledge_rating(
        session, rating_id=own, comment="The spring plan was work of us all.", actor=employee, at=at
    )


def crew(session: Session, office: Office, cycle_id: str) -> list[str]:
    """Give the plans of the crew of the cast's supervisor, the invented people first, by name."""
    return list(
        session.scalars(
            select(PerformancePlan.id)
            .join(Employee, Employee.id == PerformancePlan.employee_id)
            .where(
                PerformancePlan.cycle_id == cycle_id,
                PerformancePlan.supervisor_id == office.employees[FIELD][0],
            )
            .order_by(Employee.account_id.is_not(None), Employee.name)
        )
    )


def _elements(session: Session, plan_id: str) -> list[str]:
    return list(
        session.scalars(
            select(PlanElement.id).where(PlanElement.plan_id == plan_id).order_by(PlanElement.position)
        )
    )


def _open(
    session: Session, office: Office, plan: PerformancePlan | str, days: int, at: dt.datetime, bad: str
) -> str:
    plan_id = plan if isinstance(plan, str) else plan.id
    today = clock.local_date(at, ZONE)
    opening = Opening(
        (_elements(session, plan_id)[0],), bad, NEEDED, HELP, today, today + dt.timedelta(days=days)
    )
    boss = office.member(session, "supervisor")
    return improvement.open_improvement(session, plan_id=plan_id, opening=opening, actor=boss, at=at).id


def _talk(session: Session, office: Office, improvement_id: str, at: dt.datetime) -> None:
    improvement.check_in(
        session,
        improvement_id=improvement_id,
        held_on=clock.local_date(at, ZONE),
        progress="Fewer visits were repeated than in the weeks before; records still come late.",
        help_given="One day beside the leader of the other crew. The course on records is booked.",
        actor=office.member(session, "supervisor"),
        at=at,
    )
