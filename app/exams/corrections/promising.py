"""Corrections of long lists: promised to a worker, which tells how far it is and what stood against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.examinations.models import Examination
from app.platform import audit, jobs, progress
from app.platform.actors import SYSTEM, Actor
from app.platform.audit import AuditEvent
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.progress import Progress

CONFIRM = "exams.confirm_decisions"
ACTION = "exams.challenges.confirm"
# So many people are ranked again while a page waits.
MOST_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Work:
    """The correction that was promised last: how far it is, and why nothing came of it."""

    progress: Progress | None
    refused: str

    @property
    def is_going_on(self) -> bool:
        """Tell whether a worker still has it before it."""
        return self.progress is not None and not self.progress.is_over


def promise_confirmation(
    session: Session,
    *,
    examination: Examination,
    challenge_ids: Sequence[str],
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Promise that a worker confirms these decisions for the actor; one correction at a time."""
    actor.demand(ACTION, examination.agency_id)
    work = find_work(session, examination.id)
    if work is not None and work.is_going_on:
        raise Conflict("A correction of this list is being carried out. Wait until it is over.")
    key = f"{CONFIRM}:{new_id('job')}"
    payload = {"examination": examination.id, "challenges": list(challenge_ids), "by": actor.id}
    jobs.enqueue(session, CONFIRM, key=key, payload=payload, at=at)
    _record(session, examination, actor, at, job=key, decisions=list(challenge_ids))


def refuse_confirmation(
    session: Session, *, examination_id: str, key: str, why: str, at: dt.datetime
) -> None:
    """Note what stood against promised decisions: they wait for a second person again."""
    examination = session.get_one(Examination, examination_id)
    _record(session, examination, SYSTEM, at, job=key, refused=why)


def find_work(session: Session, examination_id: str) -> Work | None:
    """Find the correction of an examination's list that was promised last, None where none was."""
    event = session.scalar(
        select(AuditEvent)
        .where(AuditEvent.subject == examination_id, AuditEvent.action == ACTION)
        .order_by(AuditEvent.index.desc())
        .limit(1)
    )
    if event is None:
        return None
    return Work(progress.find(session, event.details["job"]), event.details.get("refused", ""))


def _record(
    session: Session, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        ACTION,
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        **details,
    )
