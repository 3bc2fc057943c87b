"""Reading dependants: a person's own, those that wait for the office, those whose coverage ends."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.dependants.models import Dependant
from app.personnel.dependants.states import DependantState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.dependants.list_staff"
MOST_AT_ONCE = 500
LIVE = (DependantState.CLAIMED, DependantState.VERIFIED)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps dependants to the agencies in which the actor may read them."""
    return scope.within(Dependant.agency_id, actor, READ)


def get_dependant(session: Session, dependant_id: str, actor: Actor, *, lock: bool = False) -> Dependant:
    """Give a dependant with the employee, or raise NotFound."""
    return _one(session, _with().where(Dependant.id == dependant_id, visible_to(actor)), lock=lock)


def get_own(session: Session, dependant_id: str, employee_id: str, *, lock: bool = False) -> Dependant:
    """Give a dependant of an employee, or raise NotFound."""
    wanted = _with().where(Dependant.id == dependant_id, Dependant.employee_id == employee_id)
    return _one(session, wanted, lock=lock)


def list_own(session: Session, employee_id: str) -> list[Dependant]:
    """List the dependants of an employee, in the order in which they were named."""
    query = select(Dependant).where(Dependant.employee_id == employee_id)
    return list(session.scalars(query.order_by(Dependant.claimed_at, Dependant.id)))


def list_staff(
    session: Session,
    actor: Actor,
    state: DependantState | None,
    *,
    cursor: str,
    size: int = keyset.SIZE,
) -> keyset.Page[Dependant]:
    """List the dependants of the actor's agencies, the longest known first."""
    query = _with().where(visible_to(actor))
    if state is not None:
        query = query.where(Dependant.state == state)
    return keyset.fetch(session, query, (Dependant.claimed_at, Dependant.id), cursor=cursor, size=size)


def list_ending(session: Session, until: dt.date) -> list[Dependant]:
    """List those whose coverage ends by a day, locked, with their employees; the soonest first."""
    query = (
        _with()
        .where(Dependant.state == DependantState.VERIFIED, Dependant.ends_on <= until)
        .order_by(Dependant.ends_on, Dependant.id)
        .limit(MOST_AT_ONCE)
    )
    return list(session.scalars(query.with_for_update(of=Dependant)))


def _with() -> Select[Dependant]:
    return select(Dependant).options(
        joinedload(Dependant.employee), joinedload(Dependant.agency), joinedload(Dependant.decider)
    )


def _one(session: Session, query: Select[Dependant], *, lock: bool) -> Dependant:
    if lock:
        query = query.with_for_update(of=Dependant).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such dependant.")
    return found
