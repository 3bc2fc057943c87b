"""Benefits: plans and their rates, an open season that is over and one that runs, families, a life event."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Generator

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.demonstration import families, places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Scene, Story
from app.personnel.benefit_plans.rules import Rate, period_from, period_of, periods_between
from app.personnel.benefit_plans.services import PlanValues, create_plan, decide_rates, propose_rates
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.contributions.services import choose, post_period
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.enrolments.models import BenefitElection, EnrolmentWindow
from app.personnel.enrolments.rules import Choice, WindowValues
from app.personnel.enrolments.services import conclude, create_window
from app.personnel.enrolments.states import Source
from app.platform.ids import new_id

ZONE = places.ZONES[MAIN]
Season = Generator[dt.datetime, Scene, EnrolmentWindow]
# A year and a week before the season that runs, so that no two seasons are of one year.
CLOSED, RUNS = 372, 32
LEFT = 19
FORMER, NOW = 0.7, 0.35
# Code, kind, name, carrier, what it offers, default; then what each tier costs employee and employer.
PLANS = (
    ("HEALTH-S", BenefitKind.HEALTH, "Lakeside Standard", "Lakeside Mutual",
     "Any doctor of the network; 20 dollars a visit; prescriptions from 10 dollars.", False,
     {Tier.SELF: (92_40, 277_20), Tier.SELF_PLUS_ONE: (201_10, 603_30), Tier.FAMILY: (219_80, 659_40)}),
    ("HEALTH-B", BenefitKind.HEALTH, "Lakeside Basic", "Lakeside Mutual",
     "The family doctor refers to others; 2,000 dollars a year are paid by the patient first.", False,
     {Tier.SELF: (41_75, 125_25), Tier.SELF_PLUS_ONE: (90_30, 270_90), Tier.FAMILY: (99_60, 298_80)}),
    ("DENTAL", BenefitKind.DENTAL, "Harbor Dental", "Harbor Dental Cooperative",
     "Two examinations a year; half of fillings and crowns.", False,
     {Tier.SELF: (11_20, 11_20), Tier.SELF_PLUS_ONE: (22_40, 22_40), Tier.FAMILY: (33_60, 33_60)}),
    ("LIFE", BenefitKind.LIFE, "Basic life insurance", "Larkhaven Employees Fund",
     "A year's pay to whom the employee names.", True, {Tier.SELF: (4_80, 2_40)}),
    ("SAVINGS", BenefitKind.RETIREMENT, "Savings plan", "Larkhaven Employees Fund",
     "A fixed amount each pay period, doubled by the city.", False, {Tier.SELF: (75_00, 75_00)}),
)  # fmt: skip


def tell(office: Office) -> Story:
    """Offer plans, hold two open seasons, and let people choose, name their families, and report an event."""
    session, at = yield office.timeline.office(CLOSED + RUNS + 12, ZONE, 10)
    plans = _offer(session, office, at)
    last = yield from _season(office, CLOSED)
    session, at = yield office.timeline.office(CLOSED + 8, ZONE, 10)
    _fill_in(session, office, last, plans, FORMER, at)
    for key, code, kind in (
        ("employee", "HEALTH-S", BenefitKind.HEALTH),
        ("second.employee", "HEALTH-B", BenefitKind.HEALTH),
        ("hr.officer", "DENTAL", BenefitKind.DENTAL),
    ):
        _choose(session, office, key, Choice(kind, plans[code], Tier.SELF), at)
    session, at = yield office.timeline.office(CLOSED - 4, ZONE, 9)
    conclude(session, last, at)
    session, at = yield office.timeline.office(70, ZONE, 11)
    child = families.name_families(session, office, at)
    present = yield from _season(office, -LEFT)
    session, at = yield office.timeline.office(9, ZONE, 10, 20)
    _choose(session, office, "employee", Choice(BenefitKind.HEALTH, plans["HEALTH-B"], Tier.SELF), at)
    session, at = yield office.timeline.office(6, ZONE, 12, 40)
    family = Choice(BenefitKind.HEALTH, plans["HEALTH-S"], Tier.SELF_PLUS_ONE, (child,))
    _choose(session, office, "employee", family, at)
    families.report(session, office, at)
    session, at = yield office.timeline.office(2, ZONE, 15)
    _fill_in(session, office, present, plans, NOW, at)
    _work_left(session, office, plans, at)


def _offer(session: Session, office: Office, at: dt.datetime) -> dict[str, str]:
    """Offer every plan, with rates from the next pay period that another officer approved; give the ids."""
    first, second = office.member(session, "hr.officer"), office.member(session, "second.hr.officer")
    made = {}
    for code, kind, name, carrier, summary, is_default, rates in PLANS:
        values = PlanValues(kind, code, name, carrier, summary, is_default)
        plan = create_plan(session, agency_id=office.agencies[MAIN], values=values, actor=first, at=at)
        since = period_from(at.date() + dt.timedelta(days=2))
        costs = {tier: Rate(*amounts) for tier, amounts in rates.items()}
        version = propose_rates(
            session, plan_id=plan.id, effective_from=since, rates=costs, actor=first, at=at
        )
        decide_rates(session, plan_id=plan.id, version_id=version.id, approves=True, actor=second, at=at)
        made[code] = plan.id
    return made


def _season(office: Office, closes: int) -> Season:
    """Announce a season that closes so many days ago, or (negative) from now, and give it."""
    session, at = yield office.timeline.office(closes + RUNS + 5, ZONE, 9)
    closes_at = office.timeline.deadline(closes, ZONE)
    return create_window(
        session,
        agency_id=office.agencies[MAIN],
        values=WindowValues(closes_at.year + 1, office.timeline.deadline(closes + RUNS, ZONE), closes_at),
        actor=office.member(session, "hr.officer"),
        at=at,
    )


def _choose(session: Session, office: Office, key: str, choice: Choice, at: dt.datetime) -> None:
    choose(session, choice=choice, actor=office.member(session, key), at=at)


def _fill_in(
    session: Session,
    office: Office,
    window: EnrolmentWindow,
    plans: dict[str, str],
    share: float,
    at: dt.datetime,
) -> None:
    """Enter what a share of the others have chosen since the season opened."""
    dice = office.dice(f"benefits:{window.plan_year}")
    query = select(Employee.id).where(
        Employee.agency_id == window.agency_id,
        Employee.state == EmployeeState.ACTIVE,
        Employee.account_id.is_(None),
    )
    rows = [
        row
        for employee_id in session.scalars(query.order_by(Employee.number))
        if dice.random() < share
        for row in _choices(dice, window, employee_id, plans, at)
    ]
    if window.concluded_at is None and rows:
        session.execute(insert(BenefitElection), _numbered(session, rows))


def _choices(
    dice: random.Random, window: EnrolmentWindow, employee_id: str, plans: dict[str, str], at: dt.datetime
) -> list[dict[str, object]]:
    made_at = window.opens_at + (at - window.opens_at) * dice.random()
    codes = [dice.choice(("HEALTH-S", "HEALTH-S", "HEALTH-B"))]
    if dice.random() < FORMER:
        codes.append("DENTAL")
    kinds = {code: kind for code, kind, *_ in PLANS}
    return [
        {
            "id": new_id("bel"),
            "employee_id": employee_id,
            "agency_id": window.agency_id,
            "kind": kinds[code],
            "plan_id": plans[code],
            "tier": Tier.SELF,
            "effective_from": window.effective_from,
            "source": Source.WINDOW,
            "window_id": window.id,
            "made_at": made_at,
        }
        for code in codes
    ]


def _numbered(session: Session, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Give each choice the version after the ones that its person has of its kind."""
    known: dict[tuple[str, BenefitKind], int] = {}
    for employee_id, kind in session.execute(select(BenefitElection.employee_id, BenefitElection.kind)):
        known[employee_id, kind] = known.get((employee_id, kind), 0) + 1
    return [
        row | {"version": known.get((row["employee_id"], row["kind"]), 0) + 1}  # type: ignore[arg-type]
        for row in rows
    ]


def _work_left(session: Session, office: Office, plans: dict[str, str], at: dt.datetime) -> None:
    """Post the last pay periods, and leave rates and a correction to be decided."""
    agency_id, officer = office.agencies[MAIN], office.member(session, "hr.officer")
    today = period_of(at.date())
    for period_on in periods_between(today - dt.timedelta(days=28), today):
        post_period(session, agency_id=agency_id, period_on=period_on, at=at)
    propose_rates(
        session,
        plan_id=plans["DENTAL"],
        effective_from=period_from(at.date() + dt.timedelta(days=40)),
        rates={tier: Rate(mine + 60, theirs + 60) for tier, (mine, theirs) in PLANS[2][6].items()},
        actor=officer,
        at=at,
    )
    families.ask_correction(session, office, plans["DENTAL"], today - dt.timedelta(days=14), at)
