"""What the crew of the cast's supervisor achieves: ratings, two improvement plans, increases, awards."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.demonstration.workforce import FIELD
from app.personnel.awards import services as awards
from app.personnel.awards.models import Award
from app.personnel.awards.rules import Nomination
from app.personnel.awards.states import AwardKind
from app.personnel.employees.models import Employee
from app.personnel.improvement import services as improvement
from app.personnel.improvement.services import Opening
from app.personnel.improvement.states import Outcome
from app.personnel.performance.models import PerformancePlan, PlanElement
from app.personnel.performance.services import set_regimes
from app.personnel.ratings import services as ratings
from app.personnel.ratings.models import PerformanceRating
from app.personnel.within_grade import services as increases
from app.personnel.within_grade.models import StepIncrease
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
RULES = {"ratings": "us-5-cfr-430", "within_grade": "us-5-cfr-531", "awards": "us-5-cfr-451"}
STORM = "Cleared the flooded pumps in the night of the storm, four hours after the shift had ended."
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


def raise_and_reward(office: Office) -> Story:
    """Let each agency compute its increases, and propose some awards."""
    session, at = yield office.timeline.office(16, ZONE, 9)
    for code, (first, _) in OFFICERS.items():
        officer = office.member(session, first)
        set_regimes(session, agency_id=office.agencies[code], names=RULES, actor=officer, at=at)
    increases.find_due(session, at=at)
    _judge(session, office, at)
    _propose(session, office, at)
    session, at = yield office.timeline.office(9, ZONE, 9)
    _decide(session, office, at)


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


def _due(session: Session, office: Office) -> list[StepIncrease]:
    """Give the first increases of the main agency that fall due and rest on an acceptable rating."""
    rated = select(PerformanceRating.employee_id).where(PerformanceRating.summary_level >= 3)
    return list(
        session.scalars(
            select(StepIncrease)
            .where(StepIncrease.agency_id == office.agencies[MAIN], StepIncrease.employee_id.in_(rated))
            .order_by(StepIncrease.due_on, StepIncrease.id)
            .limit(6)
        )
    )


def _judge(session: Session, office: Office, at: dt.datetime) -> None:
    officer = office.member(session, "hr.officer")
    for row in _due(session, office):
        increases.determine(session, increase_id=row.id, is_acceptable=True, grounds="", actor=officer, at=at)


def _propose(session: Session, office: Office, at: dt.datetime) -> None:
    """Propose two awards in the field, and one in each of the other agencies."""
    boss = office.member(session, "supervisor")
    own = session.scalars(select(Employee.id).where(Employee.account_id == office.accounts["employee"])).one()
    storm = Nomination(AwardKind.SPECIAL_ACT, 400_00, None, STORM)
    awards.nominate(session, employee_id=own, asked=storm, actor=boss, at=at)
    first = session.scalars(
        select(PerformanceRating.employee_id)
        .join(PerformancePlan, PerformancePlan.id == PerformanceRating.plan_id)
        .where(
            PerformancePlan.supervisor_id == office.employees[FIELD][0],
            PerformanceRating.summary_level == max(levels[0] for levels in LEVELS),
        )
    ).one()
    hours = Nomination(AwardKind.TIME_OFF, None, 16, "Two colleagues learnt the new pumps from one person.")
    awards.nominate(session, employee_id=first, asked=hours, actor=boss, at=at)
    for code, (key, _) in OFFICERS.items():
        if code != MAIN:
            somebody = session.scalars(
                select(StepIncrease.employee_id)
                .where(StepIncrease.agency_id == office.agencies[code])
                .order_by(StepIncrease.due_on, StepIncrease.id)
                .limit(1)
            ).one()
            asked = Nomination(AwardKind.SPECIAL_ACT, 250_00, None, "Kept the house open in the storm week.")
            actor = office.member(session, key)
            awards.nominate(session, employee_id=somebody, asked=asked, actor=actor, at=at)


def _decide(session: Session, office: Office, at: dt.datetime) -> None:
    """Decide on the oldest award, and on four of the increases that were judged."""
    waiting = session.scalars(
        select(Award.id).where(Award.agency_id == office.agencies[MAIN]).order_by(Award.number)
    ).first()
    authority = office.member(session, "appointing.authority")
    awards.decide(session, award_id=str(waiting), is_approved=True, reason="", actor=authority, at=at)
    for row in _due(session, office)[:4]:
        increases.decide(session, increase_id=row.id, is_approved=True, actor=authority, at=at)
