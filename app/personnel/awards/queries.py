"""Reading awards, and what their limits are measured by."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.planning import find_most_steps
from app.personnel.actions.queries import as_of
from app.personnel.actions.states import ActionKind, ActionState
from app.personnel.awards import regimes
from app.personnel.awards.models import Award
from app.personnel.awards.rules import YEAR_DAYS, Facts
from app.personnel.awards.states import AwardKind, AwardState
from app.personnel.employees.models import Employee
from app.personnel.performance.queries import find_regime
from app.personnel.positions.states import PayPeriod
from app.personnel.ratings.queries import find_rating_of_record
from app.personnel.within_grade import queries as increases
from app.personnel.within_grade.rules import pay_period_after
from app.platform import clock, keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.awards.list_staff"
# How often each period is paid in a full-time year (hours: 5 U.S.C. 5504(b)).
PERIODS = {PayPeriod.YEAR: 1, PayPeriod.MONTH: 12, PayPeriod.DAY: 261, PayPeriod.HOUR: 2087}


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps awards to the agencies in which the actor may read them."""
    return scope.within(Award.agency_id, actor, READ)


def regime_of(session: Session, agency_id: str) -> regimes.Regime:
    """Give the rule of an agency's awards."""
    return regimes.find(find_regime(session, agency_id, regimes.SUBJECT))


def load_facts(session: Session, employee: Employee, at: dt.datetime) -> Facts:
    """Load what the limits of awards are measured by for a person."""
    today = clock.local_date(at, employee.agency.time_zone)
    record = as_of(session, employee.id, today)
    rating = find_rating_of_record(session, employee.id, today)
    hours = session.scalar(
        select(func.coalesce(func.sum(Award.hours), 0)).where(
            Award.employee_id == employee.id,
            Award.kind == AwardKind.TIME_OFF,
            Award.state != AwardState.REFUSED,
            Award.nominated_at > at - dt.timedelta(days=YEAR_DAYS),
        )
    )
    raised_on = session.scalar(
        select(func.max(PersonnelAction.effective_on)).where(
            PersonnelAction.employee_id == employee.id,
            PersonnelAction.kind == ActionKind.QUALITY_STEP_INCREASE,
            PersonnelAction.state.in_((ActionState.APPROVED, ActionState.EFFECTED)),
        )
    )
    waiting = select(Award.id).where(
        Award.employee_id == employee.id,
        Award.kind == AwardKind.QUALITY_STEP,
        Award.state == AwardState.NOMINATED,
    )
    return Facts(
        record.pay_minor * PERIODS[record.pay_period] if record else None,
        record.pay_currency if record else "USD",
        rating.summary_level if rating else None,
        int(hours or 0),
        record.grade if record else "",
        record.step if record else None,
        find_most_steps(session, employee.agency_id, record.grade, today) if record else 0,
        raised_on,
        session.scalar(waiting.limit(1)) is not None,
    )


def step_counts_from(session: Session, employee: Employee, at: dt.datetime) -> dt.date:
    """Give the day from which a step approved now counts: with the next pay period (5 CFR 531.506)."""
    today = clock.local_date(at, employee.agency.time_zone)
    return pay_period_after(increases.regime_of(session, employee.agency_id), today)


def list_awards(
    session: Session, actor: Actor, state: AwardState | None, *, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[Award]:
    """List a page of awards with employees and agencies, the latest first."""
    query = (
        select(Award).where(visible_to(actor)).options(joinedload(Award.employee), joinedload(Award.agency))
    )
    if state is not None:
        query = query.where(Award.state == state)
    keys = (Award.nominated_at, Award.id)
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor, size=size)


def list_awards_of(session: Session, employee_id: str, *, with_waiting: bool) -> list[Award]:
    """List a person's awards, the latest first; without those that nobody approved for the person."""
    query = select(Award).where(Award.employee_id == employee_id)
    if not with_waiting:
        query = query.where(Award.state == AwardState.APPROVED)
    return list(session.scalars(query.order_by(Award.nominated_at.desc(), Award.id)))


def get_award(session: Session, award_id: str, actor: Actor, *, lock: bool = False) -> Award:
    """Give an award, whole, of an agency in which the actor may read them, or raise NotFound."""
    query = (
        select(Award)
        .where(Award.id == award_id, visible_to(actor))
        .options(
            joinedload(Award.employee).joinedload(Employee.agency),
            joinedload(Award.agency),
            joinedload(Award.nominator),
            joinedload(Award.decider),
        )
    )
    if lock:
        query = query.with_for_update(of=Award).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such award.")
    return found
