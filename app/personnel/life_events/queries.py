"""Reading life events: a person's own, and those that wait for the office."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.life_events.models import LifeEvent
from app.personnel.life_events.states import EventState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.life_events.list_staff"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps events to the agencies in which the actor may read them."""
    return scope.within(LifeEvent.agency_id, actor, READ)


def get_event(session: Session, event_id: str, actor: Actor, *, lock: bool = False) -> LifeEvent:
    """Give an event with the employee, or raise NotFound."""
    return _one(session, _with().where(LifeEvent.id == event_id, visible_to(actor)), lock=lock)


def get_own(session: Session, event_id: str, employee_id: str, *, lock: bool = False) -> LifeEvent:
    """Give an event of an employee, or raise NotFound."""
    wanted = _with().where(LifeEvent.id == event_id, LifeEvent.employee_id == employee_id)
    return _one(session, wanted, lock=lock)


def list_own(session: Session, employee_id: str) -> list[LifeEvent]:
    """List the events of an employee, the latest first."""
    query = select(LifeEvent).where(LifeEvent.employee_id == employee_id)
    return list(session.scalars(query.order_by(LifeEvent.happened_on.desc(), LifeEvent.id.desc())))


def list_open(session: Session, employee_id: str, today: dt.date) -> list[LifeEvent]:
    """List the approved events that let an employee choose today; whose time ends last comes first."""
    query = select(LifeEvent).where(
        LifeEvent.employee_id == employee_id,
        LifeEvent.state == EventState.APPROVED,
        LifeEvent.elects_until >= today,
    )
    return list(session.scalars(query.order_by(LifeEvent.elects_until.desc(), LifeEvent.id)))


def list_staff(
    session: Session, actor: Actor, state: EventState | None, *, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[LifeEvent]:
    """List the events of the actor's agencies, the longest known first."""
    query = _with().where(visible_to(actor))
    if state is not None:
        query = query.where(LifeEvent.state == state)
    return keyset.fetch(session, query, (LifeEvent.reported_at, LifeEvent.id), cursor=cursor, size=size)


def _with() -> Select[LifeEvent]:
    return select(LifeEvent).options(
        joinedload(LifeEvent.employee), joinedload(LifeEvent.agency), joinedload(LifeEvent.decider)
    )


def _one(session: Session, query: Select[LifeEvent], *, lock: bool) -> LifeEvent:
    if lock:
        query = query.with_for_update(of=LifeEvent).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such event.")
    return found
