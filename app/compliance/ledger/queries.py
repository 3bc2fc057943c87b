"""Reading the audit trail: newest first, filtered, by the agencies an auditor answers for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.platform import scope
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.errors import NotFound

PAGE = 50
PERMISSION = "compliance.ledger.list_events"


@dataclass(frozen=True, slots=True)
class Filters:
    """What part of the trail is asked for; an empty value asks for all."""

    action: str = ""
    subject: str = ""
    actor: str = ""
    agency_id: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def visible_to(actor: Actor, permission: str = PERMISSION) -> ColumnElement[bool]:
    """Give the condition on events that `actor` may read; events of no agency need the whole trail."""
    return scope.within(AuditEvent.agency_id, actor, permission)


def list_events(
    session: Session, actor: Actor, filters: Filters, *, before: int | None = None, limit: int = PAGE
) -> list[AuditEvent]:
    """List events, newest first, one more than a page when there are more; `before` is an index."""
    found = select(AuditEvent).where(*_conditions(actor, filters))
    if before is not None:
        found = found.where(AuditEvent.index < before)
    return list(session.scalars(found.order_by(AuditEvent.index.desc()).limit(limit + 1)))


def get_event(session: Session, index: int, actor: Actor) -> AuditEvent:
    """Give one event that the actor may read, or raise NotFound."""
    event = session.scalar(select(AuditEvent).where(AuditEvent.index == index, visible_to(actor)))
    if event is None:
        raise NotFound("There is no such event.")
    return event


def list_events_about(session: Session, subjects: Collection[str]) -> list[AuditEvent]:
    """List every event about any of the typed ids, oldest first; the caller has checked who asks."""
    found: list[AuditEvent] = []
    ordered = sorted(subjects)
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        found += session.scalars(select(AuditEvent).where(AuditEvent.subject.in_(part)))
    return sorted(found, key=lambda event: event.index)


def count_by_day(session: Session, actor: Actor, filters: Filters) -> list[tuple[str, int]]:
    """Count the newest 5,000 matching events by UTC day, oldest day first."""
    newest = select(AuditEvent.at).where(*_conditions(actor, filters))
    moments = session.scalars(newest.order_by(AuditEvent.index.desc()).limit(5000))
    days: dict[str, int] = {}
    for moment in moments:
        day = moment.date().isoformat()
        days[day] = days.get(day, 0) + 1
    return sorted(days.items())


def count_events(session: Session, actor: Actor) -> int:
    """Count the events that the actor may read."""
    return session.scalar(select(func.count()).select_from(AuditEvent).where(visible_to(actor))) or 0


def _conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    found = [visible_to(actor)]
    if filters.action:
        found.append(AuditEvent.action.startswith(filters.action, autoescape=True))
    if filters.subject:
        found.append(AuditEvent.subject == filters.subject)
    if filters.actor:
        by_name = AuditEvent.actor_name.icontains(filters.actor, autoescape=True)
        found.append(or_(AuditEvent.actor_id == filters.actor, by_name))
    if filters.agency_id:
        found.append(AuditEvent.agency_id == filters.agency_id)
    if filters.since:
        found.append(AuditEvent.at >= filters.since)
    if filters.until:
        found.append(AuditEvent.at < filters.until)
    return found
