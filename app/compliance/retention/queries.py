"""Reading the purges that were proposed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from app.compliance.retention.due import visible_to
from app.compliance.retention.models import Purge
from app.compliance.retention.states import PurgeState
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.postings.models import Posting

MOST = 200


def list_purges(session: Session, actor: Actor) -> list[Purge]:
    """List purges, those that wait first, then the newest."""
    query = _purges(visible_to(actor)).order_by(
        Purge.state != PurgeState.PROPOSED, Purge.proposed_at.desc(), Purge.id.desc()
    )
    return list(session.scalars(query.limit(MOST)))


def get_purge(session: Session, purge_id: str, actor: Actor, *, lock: bool = False) -> Purge:
    """Give a purge that the actor may see, or raise NotFound."""
    return _one(session, and_(Purge.id == purge_id, visible_to(actor)), lock)


def get_for_job(session: Session, purge_id: str) -> Purge:
    """Give a purge for the worker that carries it out, locked."""
    return _one(session, Purge.id == purge_id, True)


def _purges(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(Purge)
        .join(Posting, Posting.id == Purge.posting_id)
        .where(condition)
        .options(
            joinedload(Purge.posting).joinedload(Posting.agency),
            joinedload(Purge.proposer),
            joinedload(Purge.decider),
        )
    )


def _one(session: Session, condition: ColumnElement[bool], lock: bool) -> Purge:
    query = _purges(condition)
    purge: Purge | None = session.scalar(query.with_for_update(of=Purge) if lock else query)
    if purge is None:
        raise NotFound("There is no such purge.")
    return purge
