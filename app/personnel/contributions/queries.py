"""Reading the ledger: a person's entries, a pay period's, and what was posted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Agency
from app.personnel.benefit_plans.states import BenefitKind
from app.personnel.contributions.models import Contribution, ContributionRun
from app.personnel.employees.models import Employee
from app.platform import keyset, scope
from app.platform.actors import Actor

READ = "personnel.contributions.list_staff"
MOST_SHOWN = 120
MOST_PERIODS = 60


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps entries to the agencies in which the actor may read them."""
    return scope.within(Contribution.agency_id, actor, READ)


def lock_agency(session: Session, agency_id: str) -> None:
    """Let what is posted and what is settled in an agency wait for each other; rows of it may be made."""
    session.execute(select(Agency.id).where(Agency.id == agency_id).with_for_update(key_share=True))


def list_entries(session: Session, employee_id: str) -> list[Contribution]:
    """List the newest entries of an employee, the latest period first."""
    query = (
        select(Contribution)
        .where(Contribution.employee_id == employee_id)
        .options(joinedload(Contribution.plan))
        .order_by(Contribution.period_on.desc(), Contribution.kind, Contribution.position)
        .limit(MOST_SHOWN)
    )
    return list(session.scalars(query))


def total_by_kind(session: Session, employee_id: str, since: dt.date) -> Sequence[Row[BenefitKind, int, int]]:
    """Give (kind, employee, employer) for an employee since a day, by kind."""
    query = (
        select(
            Contribution.kind, func.sum(Contribution.employee_minor), func.sum(Contribution.employer_minor)
        )
        .where(Contribution.employee_id == employee_id, Contribution.period_on >= since)
        .group_by(Contribution.kind)
        .order_by(Contribution.kind)
    )
    return session.execute(query).all()


def list_of_kind(session: Session, employee_id: str, kind: BenefitKind) -> list[Contribution]:
    """List every entry of an employee for a kind, in the order in which they were made."""
    query = select(Contribution).where(Contribution.employee_id == employee_id, Contribution.kind == kind)
    return list(session.scalars(query.order_by(Contribution.period_on, Contribution.position)))


def list_runs(session: Session, agency_id: str, since: dt.date) -> list[dt.date]:
    """List the pay periods from a day on that were posted for an agency, in order."""
    query = select(ContributionRun.period_on).where(
        ContributionRun.agency_id == agency_id, ContributionRun.period_on >= since
    )
    return list(session.scalars(query.order_by(ContributionRun.period_on)))


def last_run(session: Session, agency_id: str) -> dt.date | None:
    """Give the newest pay period that was posted for an agency."""
    own = ContributionRun.agency_id == agency_id
    return session.scalar(select(func.max(ContributionRun.period_on)).where(own))


def list_periods(session: Session, actor: Actor) -> list[dt.date]:
    """List the pay periods of which the actor's agencies have entries, the newest first."""
    within = scope.within(ContributionRun.agency_id, actor, READ)
    query = select(ContributionRun.period_on).where(within).distinct()
    return list(session.scalars(query.order_by(ContributionRun.period_on.desc()).limit(MOST_PERIODS)))


def total_of_period(
    session: Session, actor: Actor, period_on: dt.date
) -> Sequence[Row[BenefitKind, int, int, int]]:
    """Give (kind, people, employee, employer) of a pay period, by kind."""
    query = (
        select(
            Contribution.kind,
            func.count(Contribution.employee_id.distinct()),
            func.sum(Contribution.employee_minor),
            func.sum(Contribution.employer_minor),
        )
        .where(visible_to(actor), Contribution.period_on == period_on)
        .group_by(Contribution.kind)
        .order_by(Contribution.kind)
    )
    return session.execute(query).all()


def list_staff(
    session: Session, actor: Actor, period_on: dt.date, *, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[Contribution]:
    """List the entries of a pay period, by employee number."""
    query = (
        select(Contribution)
        .join(Employee, Employee.id == Contribution.employee_id)
        .where(visible_to(actor), Contribution.period_on == period_on)
        .options(joinedload(Contribution.employee), joinedload(Contribution.plan))
    )
    keys = (Employee.number, Contribution.id)
    return keyset.fetch(session, query, keys, cursor=cursor, size=size)
