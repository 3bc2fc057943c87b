"""Reading notes; each is seen by those whom it was written for, and by the auditor."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session, joinedload

from app.exams.list_notes.models import Audience, ListNote
from app.platform import scope
from app.platform.actors import Actor

READ = "exams.list_notes.list_notes"
APPROVE = "exams.merit_lists.approve"
AUDIT = "compliance.ledger.list_events"
MOST_NOTES = 200


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on notes that the actor may read: by their audience, and the actor's own."""
    doors = [
        (ListNote.audience == Audience.READERS) & scope.within(ListNote.agency_id, actor, READ),
        (ListNote.audience == Audience.APPROVERS) & scope.within(ListNote.agency_id, actor, APPROVE),
        scope.within(ListNote.agency_id, actor, AUDIT),
        (ListNote.written_by == actor.id) if actor.id else false(),
    ]
    return or_(*doors)


def list_notes(session: Session, candidate_ids: Collection[str], actor: Actor) -> list[ListNote]:
    """List the notes on candidates that the actor may read, the latest first, with their writers."""
    return list(
        session.scalars(
            select(ListNote)
            .where(ListNote.candidate_id.in_(candidate_ids), visible_to(actor))
            .options(joinedload(ListNote.writer), joinedload(ListNote.candidate))
            .order_by(ListNote.written_at.desc(), ListNote.id.desc())
            .limit(MOST_NOTES)
        )
    )
