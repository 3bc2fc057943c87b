"""What the demonstration raises and rewards: increases within the grade, and awards."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.demonstration.accounts import OFFICERS
from app.demonstration.achieving import LEVELS
from app.demonstration.office import Office
from app.demonstration.places import MAIN, ZONES
from app.demonstration.timeline import Story
from app.demonstration.workforce import FIELD
from app.personnel.awards import services as awards
from app.personnel.awards.models import Award
from app.personnel.awards.queries import load_facts, regime_of, step_counts_from
from app.personnel.awards.rules import Nomination, find_step_fault
from app.personnel.awards.states import AwardKind
from app.personnel.employees.models import Employee
from app.personnel.performance.models import PerformancePlan
from app.personnel.performance.services import set_regimes
from app.personnel.ratings.models import PerformanceRating
from app.personnel.within_grade import services as increases
from app.personnel.within_grade.models import StepIncrease

ZONE = ZONES[MAIN]
RULES = {"ratings": "us-5-cfr-430", "within_grade": "us-5-cfr-531", "awards": "us-5-cfr-451"}
QUALITY = "Rated outstanding: the work of two, without an error, through the whole year."
HIGHEST = 5
STORM = "Cleared the flooded pumps in the night of the storm, four hours after the shift had ended."


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
    _propose_steps(session, office, at)
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


def _propose_steps(session: Session, office: Office, at: dt.datetime) -> None:
    """Propose quality steps for the first two of the main agency who were rated highest and can rise."""
    officer, left = office.member(session, "hr.officer"), 2
    rated = session.scalars(
        select(Employee)
        .join(PerformanceRating, PerformanceRating.employee_id == Employee.id)
        .where(PerformanceRating.summary_level == HIGHEST, Employee.agency_id == office.agencies[MAIN])
        .where(Employee.account_id.is_(None))
        .options(joinedload(Employee.agency))
        .order_by(Employee.number)
    )
    asked = Nomination(AwardKind.QUALITY_STEP, None, None, QUALITY)
    for employee in rated.unique().all():
        regime, facts = regime_of(session, employee.agency_id), load_facts(session, employee, at)
        if left and not find_step_fault(regime, facts, step_counts_from(session, employee, at)):
            awards.nominate(session, employee_id=employee.id, asked=asked, actor=officer, at=at)
            left -= 1


def _decide(session: Session, office: Office, at: dt.datetime) -> None:
    """Decide on the oldest award, and on four of the increases that were judged."""
    waiting = session.scalars(
        select(Award.id).where(Award.agency_id == office.agencies[MAIN]).order_by(Award.number)
    ).first()
    authority = office.member(session, "appointing.authority")
    awards.decide(session, award_id=str(waiting), is_approved=True, reason="", actor=authority, at=at)
    step = select(Award.id).where(Award.kind == AwardKind.QUALITY_STEP).order_by(Award.number)
    for own in session.scalars(step.limit(1)).all():
        awards.decide(session, award_id=own, is_approved=True, reason="", actor=authority, at=at)
    for row in _due(session, office)[:4]:
        increases.decide(session, increase_id=row.id, is_approved=True, actor=authority, at=at)
