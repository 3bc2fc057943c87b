"""Reading ratings: of a plan, of record, and how they are spread."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.personnel import reporting
from app.personnel.employees.models import Employee
from app.personnel.performance.models import PerformanceCycle, PerformancePlan
from app.personnel.ratings.models import ElementRating, PerformanceRating
from app.personnel.ratings.states import OF_RECORD, RatingState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.ratings.list_staff"
NOBODY = "No supervisor on record"


@dataclass(frozen=True, slots=True)
class Spread:
    """How many people of a group were rated at one level."""

    group: str
    level: int
    count: int


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on ratings of the agencies in which the actor may read them; own ones of record."""
    return scope.within(PerformanceRating.agency_id, actor, READ) & or_(
        PerformanceRating.state.in_(OF_RECORD), PerformanceRating.employee_id.not_in(_mine(actor))
    )


def find_rating(session: Session, plan_id: str, *, lock: bool = False) -> PerformanceRating | None:
    """Find the rating of a plan with its elements and people."""
    query = _whole().where(PerformanceRating.plan_id == plan_id)
    if lock:
        query = query.with_for_update(of=PerformanceRating).execution_options(populate_existing=True)
    return session.scalar(query)


def get_rating(
    session: Session, rating_id: str, condition: ColumnElement[bool], *, lock: bool = False
) -> PerformanceRating:
    """Give a rating, whole, that meets a condition, or raise NotFound."""
    query = _whole().where(PerformanceRating.id == rating_id, condition)
    if lock:
        query = query.with_for_update(of=PerformanceRating).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such rating.")
    return found


def own(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on the actor's own ratings of record."""
    return PerformanceRating.employee_id.in_(_mine(actor)) & PerformanceRating.state.in_(OF_RECORD)


def _mine(actor: Actor) -> Select[str]:
    return select(Employee.id).where(Employee.account_id == actor.id)


def _whole() -> Select[PerformanceRating]:
    plan = joinedload(PerformanceRating.plan)
    return select(PerformanceRating).options(
        plan.joinedload(PerformancePlan.cycle),
        plan.joinedload(PerformancePlan.agency),
        plan.joinedload(PerformancePlan.employee),
        plan.joinedload(PerformancePlan.supervisor),
        selectinload(PerformanceRating.elements).joinedload(ElementRating.element),
        joinedload(PerformanceRating.rater),
        joinedload(PerformanceRating.reviewer),
        joinedload(PerformanceRating.notice),
    )


def list_ratings(
    session: Session, actor: Actor, state: RatingState | None, *, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[PerformanceRating]:
    """List a page of ratings with plans, cycles and agencies, the latest first."""
    plan = joinedload(PerformanceRating.plan)
    query = (
        select(PerformanceRating)
        .where(visible_to(actor))
        .options(
            plan.joinedload(PerformancePlan.cycle),
            plan.joinedload(PerformancePlan.agency),
            plan.joinedload(PerformancePlan.supervisor),
        )
    )
    if state is not None:
        query = query.where(PerformanceRating.state == state)
    keys = (PerformanceRating.rated_at, PerformanceRating.id)
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor, size=size)


def find_rating_of_record(session: Session, employee_id: str, on: dt.date) -> PerformanceRating | None:
    """Find a person's latest rating of record on a day, by the end of its period, with plan and cycle."""
    return session.scalar(
        select(PerformanceRating)
        .join(PerformanceRating.plan)
        .join(PerformancePlan.cycle)
        .where(
            PerformanceRating.employee_id == employee_id,
            PerformanceRating.state.in_(OF_RECORD),
            PerformanceCycle.ends_on <= on,
        )
        .options(joinedload(PerformanceRating.plan).joinedload(PerformancePlan.cycle))
        .order_by(PerformanceCycle.ends_on.desc(), PerformanceRating.id)
        .limit(1)
    )


def list_to_review(session: Session, actor: Actor) -> list[PerformanceRating]:
    """List the ratings that wait for review and were given in the teams of those who report to the actor."""
    own = session.scalar(select(Employee).where(Employee.account_id == actor.id))
    raters = [one.id for one in reporting.list_team(session, own.id)] if own else []
    return list(
        session.scalars(
            select(PerformanceRating)
            .join(PerformanceRating.plan)
            .where(
                PerformanceRating.state == RatingState.PROPOSED,
                PerformanceRating.rated_by != actor.id,
                PerformancePlan.supervisor_id.in_(raters),
            )
            .options(
                joinedload(PerformanceRating.rater),
                joinedload(PerformanceRating.plan).joinedload(PerformancePlan.cycle),
            )
            .order_by(PerformanceRating.rated_at, PerformanceRating.id)
        )
    )


def map_ratings(session: Session, plan_ids: list[str]) -> dict[str, PerformanceRating]:
    """Map plans to their ratings."""
    rows = session.scalars(select(PerformanceRating).where(PerformanceRating.plan_id.in_(plan_ids)))
    return {row.plan_id: row for row in rows}


def list_cycles_rated(session: Session, actor: Actor) -> list[PerformanceCycle]:
    """List the cycles with ratings of record, the latest first, with their agencies."""
    rated = select(PerformanceRating.id).where(
        PerformanceRating.plan_id == PerformancePlan.id, PerformanceRating.state.in_(OF_RECORD)
    )
    has = select(PerformancePlan.id).where(PerformancePlan.cycle_id == PerformanceCycle.id, rated.exists())
    return list(
        session.scalars(
            select(PerformanceCycle)
            .where(scope.within(PerformanceCycle.agency_id, actor, READ), has.exists())
            .options(joinedload(PerformanceCycle.agency))
            .order_by(PerformanceCycle.ends_on.desc(), PerformanceCycle.id)
            .limit(60)
        )
    )


def load_spread(session: Session, cycle_id: str, *, by: str) -> list[Spread]:
    """Load how ratings of record of a cycle are spread over levels, by `unit` or by `supervisor`."""
    supervisor = aliased(Employee)
    group = PerformancePlan.unit if by == "unit" else func.coalesce(supervisor.name, NOBODY)
    key = PerformancePlan.unit if by == "unit" else PerformancePlan.supervisor_id
    rows = session.execute(
        select(func.min(group), PerformanceRating.summary_level, func.count())
        .join(PerformancePlan, PerformancePlan.id == PerformanceRating.plan_id)
        .outerjoin(supervisor, supervisor.id == PerformancePlan.supervisor_id)
        .where(PerformancePlan.cycle_id == cycle_id, PerformanceRating.state.in_(OF_RECORD))
        .group_by(key, PerformanceRating.summary_level)
    )
    return [Spread(*row) for row in rows]
