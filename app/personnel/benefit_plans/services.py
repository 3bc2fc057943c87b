"""Offering plans, changing what they cost by two people, and choosing the rule of an agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.benefit_plans import queries, rules
from app.personnel.benefit_plans.models import BenefitPlan, BenefitRate, BenefitRegime, PlanVersion
from app.personnel.benefit_plans.regimes import REGIMES
from app.personnel.benefit_plans.rules import Rate
from app.personnel.benefit_plans.states import BenefitKind, PlanState, RateState, Tier, decide
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class PlanValues:
    """What a plan is."""

    kind: BenefitKind
    code: str
    name: str
    carrier: str
    summary: str
    is_default: bool
    currency: str = "USD"


def set_regime(session: Session, *, agency_id: str, name: str, actor: Actor, at: dt.datetime) -> None:
    """Say which rule of benefits an agency follows; what was chosen keeps its days."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.benefit_plans.set_regime", agency.id)
    if name not in REGIMES:
        raise Invalid(name="Select a rule.")
    row = session.get(BenefitRegime, agency.id)
    if row is None:
        row = BenefitRegime(agency_id=agency.id)
        session.add(row)
    row.name, row.set_by, row.set_at = name, str(actor.id), at
    session.flush()
    _record(session, "set_regime", agency.id, agency.id, actor, at, rule=name)


def create_plan(
    session: Session, *, agency_id: str, values: PlanValues, actor: Actor, at: dt.datetime
) -> BenefitPlan:
    """Offer a plan; nobody can choose it until its first rates are approved."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.benefit_plans.create", agency.id)
    plan = BenefitPlan(
        id=new_id("bpl"),
        agency_id=agency.id,
        kind=values.kind,
        code=values.code.upper(),
        name=values.name,
        carrier=values.carrier,
        summary=values.summary,
        currency=values.currency,
        is_default=values.is_default,
        state=PlanState.OFFERED,
        created_by=str(actor.id),
        created_at=at,
    )
    session.add(plan)
    session.flush()
    _record(session, "create", plan.id, agency.id, actor, at, kind=plan.kind, code=plan.code)
    return plan


def propose_rates(
    session: Session,
    *,
    plan_id: str,
    effective_from: dt.date,
    rates: Mapping[Tier, Rate],
    actor: Actor,
    at: dt.datetime,
) -> PlanVersion:
    """Propose what a plan costs from a pay period on, as a new version that somebody else approves."""
    plan = queries.get_plan(session, plan_id, actor, lock=True)
    actor.demand("personnel.benefit_plans.propose_rates", plan.agency_id)
    if plan.state is PlanState.CLOSED:
        raise Conflict("This plan is closed.")
    if any(version.state is RateState.PROPOSED for version in plan.versions):
        raise Conflict("Rates of this plan wait for a decision already.")
    rules.check_rates(rates)
    rules.check_effective(effective_from, _latest(plan), _today(plan, at))
    version = PlanVersion(
        id=new_id("bpv"),
        plan_id=plan.id,
        version=1 + max((version.version for version in plan.versions), default=0),
        effective_from=effective_from,
        state=RateState.PROPOSED,
        proposed_by=str(actor.id),
        proposed_at=at,
        rates=[
            BenefitRate(tier=tier, employee_minor=rate.employee_minor, employer_minor=rate.employer_minor)
            for tier, rate in rates.items()
        ],
    )
    session.add(version)
    session.flush()
    _record(session, "propose_rates", plan.id, plan.agency_id, actor, at, version=version.version)
    return version


def decide_rates(
    session: Session, *, plan_id: str, version_id: str, approves: bool, actor: Actor, at: dt.datetime
) -> PlanVersion:
    """Approve or refuse proposed rates, as somebody other than who proposed them."""
    plan = queries.get_plan(session, plan_id, actor, lock=True)
    actor.demand("personnel.benefit_plans.decide_rates", plan.agency_id)
    version = next((row for row in plan.versions if row.id == version_id), None)
    if version is None:
        raise NotFound("There are no such rates.")
    state = decide(version.state, RateState.APPROVED if approves else RateState.REFUSED)
    rules.demand_second_person(actor.id, version.proposed_by)
    if approves and version.effective_from <= _today(plan, at):
        raise Conflict("The pay period from which these rates were to hold has begun. Propose them anew.")
    version.state, version.decided_by, version.decided_at = state, actor.id, at
    session.flush()
    _record(
        session,
        "decide_rates",
        plan.id,
        plan.agency_id,
        actor,
        at,
        version=version.version,
        state=version.state,
    )
    return version


def close_plan(session: Session, *, plan_id: str, actor: Actor, at: dt.datetime) -> BenefitPlan:
    """Offer a plan no longer; who is enrolled in it stays so."""
    plan = queries.get_plan(session, plan_id, actor, lock=True)
    actor.demand("personnel.benefit_plans.close", plan.agency_id)
    if plan.state is PlanState.CLOSED:
        raise Conflict("This plan is closed already.")
    plan.state = PlanState.CLOSED
    session.flush()
    _record(session, "close", plan.id, plan.agency_id, actor, at)
    return plan


def _latest(plan: BenefitPlan) -> dt.date | None:
    days = [row.effective_from for row in plan.versions if row.state is RateState.APPROVED]
    return max(days, default=None)


def _today(plan: BenefitPlan, at: dt.datetime) -> dt.date:
    return clock.local_date(at, plan.agency.time_zone)


def _record(
    session: Session,
    act: str,
    subject: str,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"personnel.benefit_plans.{act}",
        actor=actor,
        at=at,
        subject=subject,
        agency_id=agency_id,
        **details,
    )
