"""Reading which drafts' owners are to be reminded."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.deadlines.models import DraftReminder
from app.recruitment.deadlines.rules import Reminder, due_between
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState

REMINDERS = 200


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
