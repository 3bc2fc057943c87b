"""Posting contributions once a pay period, and settling periods whose enrolment was changed afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.benefit_plans.queries import list_agencies_with_plans, load_rates
from app.personnel.benefit_plans.rules import period_of, periods_between
from app.personnel.benefit_plans.states import BenefitKind
from app.personnel.contributions import queries, rules
from app.personnel.contributions.models import Contribution, ContributionRun
from app.personnel.contributions.rules import NOTHING, Amounts
from app.personnel.employees.models import Employee
from app.personnel.enrolments import services as enrolments
from app.personnel.enrolments.models import BenefitElection
from app.personnel.enrolments.queries import holding, load_holding
from app.personnel.enrolments.rules import Choice
from app.platform import audit, clock
from app.platform.actors import SYSTEM, Actor
from app.platform.ids import new_id
from app.platform.rows import insert_once

REGULAR = "Pay period"


def choose(session: Session, *, choice: Choice, actor: Actor, at: dt.datetime) -> BenefitElection:
    """Choose for oneself, and settle the pay periods that were posted and that the choice reaches back to."""
    election = enrolments.elect(session, choice=choice, actor=actor, at=at)
    employee = session.get_one(Employee, election.employee_id)
    settle(session, employee, choice.kind, election.effective_from, "A choice that reaches back", at)
    return election


def post_due(session: Session, *, at: dt.datetime) -> int:
    """Post every pay period that has begun and is not posted, in each agency with plans; count entries.

    An agency that posts for the first time begins with the present period.
    """
    posted = 0
    for agency_id in list_agencies_with_plans(session):
        agency = get_agency(session, agency_id)
        current = period_of(clock.local_date(at, agency.time_zone))
        last = queries.last_run(session, agency_id)
        first = current if last is None else last + dt.timedelta(days=1)
        for period_on in periods_between(first, current):
            posted += post_period(session, agency_id=agency_id, period_on=period_on, at=at)
    return posted


def post_period(session: Session, *, agency_id: str, period_on: dt.date, at: dt.datetime) -> int:
    """Post what every enrolment costs that holds on a period's first day; nothing when it is posted."""
    queries.lock_agency(session, agency_id)
    if not insert_once(
        session, ContributionRun, agency_id=agency_id, period_on=period_on, posted_at=at, entries=0
    ):
        return 0
    rates = load_rates(session, agency_id, period_on)
    rows: list[dict[str, Any]] = []
    for held in load_holding(session, agency_id, period_on):
        rate = rates.get(held.plan_id, {}).get(held.tier)
        if rate is not None:
            rows.append(
                {
                    "id": new_id("ctb"),
                    "employee_id": held.employee_id,
                    "agency_id": agency_id,
                    "kind": held.kind,
                    "period_on": period_on,
                    "position": 1,
                    "plan_id": held.plan_id,
                    "tier": held.tier,
                    "employee_minor": rate.employee_minor,
                    "employer_minor": rate.employer_minor,
                    "currency": held.currency,
                    "reason": REGULAR,
                    "posted_at": at,
                }
            )
    if rows:
        session.execute(insert(Contribution), rows)
    run = session.get_one(ContributionRun, (agency_id, period_on))
    run.entries = len(rows)
    session.flush()
    audit.record(
        session,
        "personnel.contributions.post",
        actor=SYSTEM,
        at=at,
        subject=agency_id,
        agency_id=agency_id,
        period_on=period_on,
        entries=len(rows),
    )
    return len(rows)


def settle(
    session: Session, employee: Employee, kind: BenefitKind, since: dt.date, reason: str, at: dt.datetime
) -> int:
    """Add the entries after which each posted period since a day says what is due now, and count them."""
    queries.lock_agency(session, employee.agency_id)
    entries = queries.list_of_kind(session, employee.id, kind)
    made = 0
    for period_on in queries.list_runs(session, employee.agency_id, since):
        own = [row for row in entries if row.period_on == period_on]
        held = holding(session, employee.id, period_on).get(kind)
        due = _due(session, employee, held, period_on)
        amounts = [Amounts(row.employee_minor, row.employer_minor) for row in own]
        missing = rules.difference(due, amounts)
        if missing is not None:
            session.add(_entry(employee, kind, period_on, len(own) + 1, held, missing, reason, at))
            made += 1
    session.flush()
    if made:
        audit.record(
            session,
            "personnel.contributions.settle",
            actor=SYSTEM,
            at=at,
            subject=employee.id,
            agency_id=employee.agency_id,
            kind=kind,
            since=since,
            entries=made,
        )
    return made


def _due(session: Session, employee: Employee, held: BenefitElection | None, period_on: dt.date) -> Amounts:
    gone = employee.separated_on is not None and employee.separated_on < period_on
    if held is None or held.plan_id is None or held.tier is None or gone or employee.hired_on > period_on:
        return NOTHING
    rate = load_rates(session, employee.agency_id, period_on).get(held.plan_id, {}).get(held.tier)
    return Amounts(rate.employee_minor, rate.employer_minor) if rate else NOTHING


def _entry(
    employee: Employee,
    kind: BenefitKind,
    period_on: dt.date,
    position: int,
    held: BenefitElection | None,
    amounts: Amounts,
    reason: str,
    at: dt.datetime,
) -> Contribution:
    plan = held.plan if held else None
    return Contribution(
        id=new_id("ctb"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=kind,
        period_on=period_on,
        position=position,
        plan_id=plan.id if plan else None,
        tier=held.tier if held else None,
        employee_minor=amounts.employee_minor,
        employer_minor=amounts.employer_minor,
        currency=plan.currency if plan else "USD",
        reason=reason,
        posted_at=at,
    )
