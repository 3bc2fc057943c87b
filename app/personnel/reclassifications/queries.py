"""Reading reclassifications."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.positions.models import Position
from app.personnel.reclassifications.models import Reclassification
from app.personnel.reclassifications.states import ReclassificationState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.reclassifications.show"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on reclassifications of agencies in which the actor may read them."""
    return scope.within(Reclassification.agency_id, actor, READ)


def get_reclassification(
    session: Session, reclassification_id: str, actor: Actor, *, lock: bool = False
) -> Reclassification:
    """Give a reclassification with its position and people, locked on demand, or raise NotFound."""
    query = (
        select(Reclassification)
        .where(Reclassification.id == reclassification_id, visible_to(actor))
        .options(
            joinedload(Reclassification.position).joinedload(Position.incumbent),
            joinedload(Reclassification.agency),
            joinedload(Reclassification.proposer),
            joinedload(Reclassification.decider),
        )
    )
    if lock:
        query = query.with_for_update(of=Reclassification).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such reclassification.")
    return found


def list_reclassifications(
    session: Session, actor: Actor, *, cursor: str = ""
) -> keyset.Page[Reclassification]:
    """List a page of reclassifications with their positions, the latest day first."""
    found = (
        select(Reclassification)
        .where(visible_to(actor))
        .options(joinedload(Reclassification.position), joinedload(Reclassification.proposer))
    )
    order = (Reclassification.effective_on, Reclassification.id)
    return keyset.fetch(session, found, order, is_descending=True, cursor=cursor)


def find_open(session: Session, position_id: str) -> Reclassification | None:
    """Find the reclassification of a position that waits for its decision or its day."""
    states = (ReclassificationState.PROPOSED, ReclassificationState.APPROVED)
    return session.scalar(
        select(Reclassification).where(
            Reclassification.position_id == position_id, Reclassification.state.in_(states)
        )
    )


def list_due(session: Session, before: dt.date) -> list[Reclassification]:
    """List approved reclassifications whose day has come before a day, the earliest first."""
    found = (
        select(Reclassification)
        .where(
            Reclassification.state == ReclassificationState.APPROVED, Reclassification.effective_on <= before
        )
        .options(joinedload(Reclassification.agency))
        .order_by(Reclassification.effective_on, Reclassification.id)
    )
    return list(session.scalars(found))
