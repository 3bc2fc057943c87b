"""Reading the purges of cases that were proposed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from app.compliance.case_purges.due import LIST
from app.compliance.case_purges.models import CasePurge
from app.compliance.retention.states import PurgeState
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

MOST = 200


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on purges of the agencies whose records the actor keeps."""
    return scope.within(CasePurge.agency_id, actor, LIST)


def list_purges(session: Session, actor: Actor) -> list[CasePurge]:
    """List purges, those that wait first, then the newest."""
    query = _purges(visible_to(actor)).order_by(
        CasePurge.state != PurgeState.PROPOSED, CasePurge.proposed_at.desc(), CasePurge.id.desc()
    )
    return list(session.scalars(query.limit(MOST)))


def get_purge(session: Session, purge_id: str, actor: Actor, *, lock: bool = False) -> CasePurge:
    """Give a purge that the actor may see, or raise NotFound."""
    return _one(session, (CasePurge.id == purge_id) & visible_to(actor), lock)


def get_for_job(session: Session, purge_id: str) -> CasePurge:
    """Give a purge for the worker that carries it out, locked."""
    return _one(session, CasePurge.id == purge_id, True)


def _purges(condition: ColumnElement[bool]) -> Select[Any]:
    people = (
        joinedload(CasePurge.agency),
        joinedload(CasePurge.proposer),
        joinedload(CasePurge.decider),
    )
    return select(CasePurge).where(condition).options(*people)


def _one(session: Session, condition: ColumnElement[bool], lock: bool) -> CasePurge:
    query = _purges(condition)
    purge: CasePurge | None = session.scalar(query.with_for_update(of=CasePurge) if lock else query)
    if purge is None:
        raise NotFound("There is no such purge.")
    return purge
