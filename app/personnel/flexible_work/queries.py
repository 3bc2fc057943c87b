"""Reading flexible work."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.personnel import reporting
from app.personnel.actions.queries import as_of
from app.personnel.employees.models import Employee
from app.personnel.flexible_work.models import FlexibleArrangement
from app.personnel.flexible_work.rules import FULL_WEEK
from app.personnel.flexible_work.states import WorkState
from app.personnel.positions.models import Position
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.flexible_work.list_staff"
MOST = 500
LOADED = (
    joinedload(FlexibleArrangement.employee).joinedload(Employee.agency),
    joinedload(FlexibleArrangement.agency),
    joinedload(FlexibleArrangement.decider),
    joinedload(FlexibleArrangement.notice),
)


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition on arrangements of the agencies in which the actor holds the permission."""
    return scope.within(FlexibleArrangement.agency_id, actor, permission)


def get_own(
    session: Session, arrangement_id: str, account_id: str | None, *, lock: bool = False
) -> FlexibleArrangement:
    """Give an arrangement of the person who holds the account, or raise NotFound."""
    own = FlexibleArrangement.employee_id.in_(select(Employee.id).where(Employee.account_id == account_id))
    return _one(session, (FlexibleArrangement.id == arrangement_id) & own, lock=lock)


def get_led(
    session: Session, arrangement_id: str, actor: Actor, *, lock: bool = False
) -> FlexibleArrangement:
    """Give an arrangement to a superior of the person, or to an officer who keeps them, or raise NotFound."""
    found = _one(session, FlexibleArrangement.id == arrangement_id, lock=lock)
    is_kept = actor.may("personnel.flexible_work.show", found.agency_id)
    if not is_kept and not reporting.is_above(session, actor.id, found.employee_id):
        raise NotFound("There is no such request.")
    return found


def may_decide(session: Session, found: FlexibleArrangement, actor: Actor) -> bool:
    """Tell whether the actor stands above the person; where nobody does, an HR officer decides."""
    if reporting.is_above(session, actor.id, found.employee_id):
        return True
    return found.approver_id is None and actor.may("personnel.flexible_work.show", found.agency_id)


def get_for_clock(session: Session, arrangement_id: str) -> FlexibleArrangement:
    """Give an arrangement, locked, for what the clock does to it."""
    return _one(session, FlexibleArrangement.id == arrangement_id, lock=True)


def get_kept(session: Session, arrangement_id: str, actor: Actor, permission: str) -> FlexibleArrangement:
    """Give an arrangement of the actor's agencies, or raise NotFound."""
    condition = (FlexibleArrangement.id == arrangement_id) & visible_to(actor, permission)
    return _one(session, condition, lock=False)


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool) -> FlexibleArrangement:
    query = select(FlexibleArrangement).where(condition).options(*LOADED)
    if lock:
        query = query.with_for_update(of=FlexibleArrangement).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such request.")
    return found


def list_of_employee(session: Session, employee_id: str) -> list[FlexibleArrangement]:
    """List what a person asked for, the latest first."""
    query = (
        select(FlexibleArrangement)
        .where(FlexibleArrangement.employee_id == employee_id)
        .options(*LOADED)
        .order_by(FlexibleArrangement.requested_at.desc(), FlexibleArrangement.id.desc())
    )
    return list(session.scalars(query.limit(MOST)))


def list_all(
    session: Session,
    actor: Actor,
    state: WorkState | None,
    *,
    cursor: str = "",
    size: int = keyset.SIZE,
) -> keyset.Page[FlexibleArrangement]:
    """List a page of the arrangements of the actor's agencies, the latest request first."""
    query = (
        select(FlexibleArrangement)
        .join(Employee, Employee.id == FlexibleArrangement.employee_id)
        .where(visible_to(actor))
        .options(contains_eager(FlexibleArrangement.employee), joinedload(FlexibleArrangement.agency))
    )
    if state is not None:
        query = query.where(FlexibleArrangement.state == state)
    keys = (FlexibleArrangement.requested_at, FlexibleArrangement.id)
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor, size=size)


def find_weekly_minutes(session: Session, employee_id: str, on: dt.date) -> int:
    """Give a person's weekly minutes on a day; those of a full week where none are on record."""
    record = as_of(session, employee_id, on)
    return record.weekly_minutes if record else FULL_WEEK


def find_position(session: Session, employee_id: str) -> Position | None:
    """Find the post that a person holds."""
    return session.scalar(select(Position).where(Position.incumbent_id == employee_id))


def list_to_review(session: Session, since: dt.date, until: dt.date) -> list[FlexibleArrangement]:
    """List every agreement that is to be looked at between two days, the earliest first.

    The days keep the list short; a limit would let old ones stand before those that come.
    """
    query = (
        select(FlexibleArrangement)
        .where(
            FlexibleArrangement.state == WorkState.GRANTED,
            FlexibleArrangement.review_on.between(since, until),
        )
        .options(*LOADED)
        .order_by(FlexibleArrangement.review_on, FlexibleArrangement.id)
    )
    return list(session.scalars(query))


def list_over(session: Session, before: dt.date) -> list[FlexibleArrangement]:
    """List agreements whose last day lies before a day."""
    query = (
        select(FlexibleArrangement)
        .where(FlexibleArrangement.state == WorkState.GRANTED, FlexibleArrangement.ends_on < before)
        .options(*LOADED)
        .order_by(FlexibleArrangement.ends_on, FlexibleArrangement.id)
    )
    return list(session.scalars(query.limit(MOST)))
