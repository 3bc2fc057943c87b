"""Reading drafts: what a step needs and no more, and whose owners are to be reminded."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.deadlines.models import DraftReminder
from app.recruitment.deadlines.rules import Reminder, due_between
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState

REMINDERS = 200
MOST_SOURCES = 20


def get_frame(session: Session, application_id: str, actor: Actor) -> Application:
    """Give the actor's own application as a step shows it: its sections and what its posting asks.

    Documents and claims are not loaded: few steps show them.
    """
    query = (
        select(Application)
        .where(Application.id == application_id, Application.account_id == actor.id)
        .options(
            joinedload(Application.posting).options(
                joinedload(Posting.agency),
                joinedload(Posting.fee),
                selectinload(Posting.criteria),
                selectinload(Posting.questions),
            ),
            selectinload(Application.sections),
        )
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("There is no such application."))
    return found


def list_to_copy_from(session: Session, posting_id: str, actor: Actor) -> list[Application]:
    """List the person's other applications that hold something, newest first."""
    query = (
        select(Application)
        .where(
            Application.account_id == actor.id,
            Application.posting_id != posting_id,
            Application.changes_id.is_(None),
            Application.sections.any(),
        )
        .options(joinedload(Application.posting))
        .order_by(Application.started_at.desc(), Application.id.desc())
        .limit(MOST_SOURCES)
    )
    return list(session.scalars(query))


def list_to_remind(session: Session, at: dt.datetime, kind: Reminder) -> list[Application]:
    """List drafts whose owner is due a reminder of a kind and was not sent it yet, first closing first."""
    start, end = due_between(kind, at)
    was_sent = exists().where(
        DraftReminder.application_id == Application.id,
        DraftReminder.kind == kind,
        DraftReminder.closes_at == Posting.closes_at,
    )
    query = (
        select(Application)
        .join(Application.posting)
        .where(
            Application.submission == Submission.DRAFT,
            Posting.state == PostingState.PUBLISHED,
            Posting.closes_at > start,
            Posting.closes_at <= end,
            ~was_sent,
        )
        .options(joinedload(Application.posting).joinedload(Posting.agency), joinedload(Application.account))
        .order_by(Posting.closes_at, Application.id)
        .limit(REMINDERS)
        .with_for_update(of=Application, skip_locked=True)
    )
    return list(session.scalars(query))
