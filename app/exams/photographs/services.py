"""Keeping and removing a person's photograph."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.photographs import queries
from app.exams.photographs.models import Photograph
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say


def set_photograph(session: Session, *, digest: str, actor: Actor, at: dt.datetime) -> Photograph:
    """Keep a stored and cropped photograph in the place of the one before."""
    before = queries.find_own(session, str(actor.id), lock=True)
    if before is not None:
        if before.digest == digest:
            return before
        before.removed_at = at
        session.flush()
    kept = Photograph(id=new_id("pho"), account_id=str(actor.id), digest=digest, uploaded_at=at)
    session.add(kept)
    session.flush()
    audit.record(session, "exams.photographs.show", actor=actor, at=at, subject=str(actor.id))
    return kept


def remove_photograph(session: Session, *, actor: Actor, at: dt.datetime) -> None:
    """Take the photograph away; cards then leave a frame for one."""
    kept = queries.find_own(session, str(actor.id), lock=True)
    if kept is None:
        raise Conflict(say("There is no photograph."))
    kept.removed_at = at
    session.flush()
    audit.record(session, "exams.photographs.remove", actor=actor, at=at, subject=str(actor.id))
