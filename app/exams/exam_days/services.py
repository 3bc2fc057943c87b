"""Making and renewing the link of a person's own calendar."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.exam_days import queries
from app.exams.exam_days.models import CalendarLink
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say


def renew_link(session: Session, *, actor: Actor, at: dt.datetime) -> CalendarLink:
    """Give a person a new link; the one before it leads nowhere from now on."""
    if actor.id is None:
        raise Conflict(say("Sign in to have a calendar of your own."))
    before = queries.find_link(session, actor.id)
    if before is not None:
        session.delete(before)
        session.flush()
    link = CalendarLink(id=new_id("cal"), account_id=actor.id, created_at=at)
    session.add(link)
    session.flush()
    # the trail keeps the person, not the link: who reads the trail must not read calendars by it
    audit.record(session, "exams.exam_days.renew", actor=actor, at=at, subject=actor.id)
    return link
