"""Reading plans: which there are, what each costs on a day, and the rule of an agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.personnel.benefit_plans.models import BenefitPlan, BenefitRate, BenefitRegime, PlanVersion
from app.personnel.benefit_plans.regimes import REGIMES, USUAL, Regime
from app.personnel.benefit_plans.rules import Rate
from app.personnel.benefit_plans.states import BenefitKind, PlanState, RateState, Tier
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.benefit_plans.list_staff"
Rates = Mapping[str, Mapping[Tier, Rate]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan with what each of its tiers costs on the day that was asked for."""

    plan: BenefitPlan
    rates: Mapping[Tier, Rate]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps plans to the agencies in which the actor may read them."""
    return scope.within(BenefitPlan.agency_id, actor, READ)


def get_plan(session: Session, plan_id: str, actor: Actor, *, lock: bool = False) -> BenefitPlan:
    """Give a plan with the versions of its rates, or raise NotFound."""
    query = (
        select(BenefitPlan)
        .where(BenefitPlan.id == plan_id, visible_to(actor))
        .options(
            joinedload(BenefitPlan.agency),
            selectinload(BenefitPlan.versions).selectinload(PlanVersion.rates),
            selectinload(BenefitPlan.versions).joinedload(PlanVersion.proposer),
            selectinload(BenefitPlan.versions).joinedload(PlanVersion.decider),
        )
    )
    if lock:
        query = query.with_for_update(of=BenefitPlan).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such plan.")
    return found


def list_plans(
    session: Session, actor: Actor, *, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[BenefitPlan]:
    """List the plans of the actor's agencies, by kind and code."""
    query = select(BenefitPlan).where(visible_to(actor)).options(joinedload(BenefitPlan.agency))
    keys = (BenefitPlan.agency_id, BenefitPlan.code, BenefitPlan.id)
    return keyset.fetch(session, query, keys, cursor=cursor, size=size)


def list_offers(session: Session, agency_id: str, kind: BenefitKind, on: dt.date) -> list[Offer]:
    """List the plans of a kind that may be chosen from a day on, with what they cost then, by code."""
    plans = session.scalars(
        select(BenefitPlan)
        .where(
            BenefitPlan.agency_id == agency_id,
            BenefitPlan.kind == kind,
            BenefitPlan.state == PlanState.OFFERED,
        )
        .order_by(BenefitPlan.code, BenefitPlan.id)
    )
    rates = load_rates(session, agency_id, on)
    return [Offer(plan, rates[plan.id]) for plan in plans if plan.id in rates]


def load_rates(session: Session, agency_id: str, on: dt.date) -> Rates:
    """Load what each tier of each plan of an agency costs on a day, by the newest approved version."""
    newest = (
        select(PlanVersion.plan_id, func.max(PlanVersion.effective_from).label("since"))
        .join(BenefitPlan, BenefitPlan.id == PlanVersion.plan_id)
        .where(
            BenefitPlan.agency_id == agency_id,
            PlanVersion.state == RateState.APPROVED,
            PlanVersion.effective_from <= on,
        )
        .group_by(PlanVersion.plan_id)
        .subquery()
    )
    rows = session.execute(
        select(PlanVersion.plan_id, BenefitRate.tier, BenefitRate.employee_minor, BenefitRate.employer_minor)
        .join(BenefitRate, BenefitRate.version_id == PlanVersion.id)
        .join(
            newest,
            (newest.c.plan_id == PlanVersion.plan_id) & (newest.c.since == PlanVersion.effective_from),
        )
        .where(PlanVersion.state == RateState.APPROVED)
        .order_by(PlanVersion.version)
    )
    found: dict[str, dict[Tier, Rate]] = {}
    for plan_id, tier, employee_minor, employer_minor in rows:
        found.setdefault(plan_id, {})[tier] = Rate(employee_minor, employer_minor)
    return found


def list_default_plans(session: Session, agency_id: str) -> list[BenefitPlan]:
    """List the plans in which those are enrolled who choose nothing and have nothing, one a kind."""
    query = select(BenefitPlan).where(
        BenefitPlan.agency_id == agency_id, BenefitPlan.is_default, BenefitPlan.state == PlanState.OFFERED
    )
    return list(session.scalars(query.order_by(BenefitPlan.kind)))


def list_agencies_with_plans(session: Session) -> list[str]:
    """List the agencies that offer anything, by id."""
    return list(session.scalars(select(BenefitPlan.agency_id).distinct().order_by(BenefitPlan.agency_id)))


def regime_of(session: Session, agency_id: str) -> Regime:
    """Give the rule of benefits that an agency follows."""
    name = session.scalar(select(BenefitRegime.name).where(BenefitRegime.agency_id == agency_id))
    return REGIMES[name or USUAL]
