"""When the worker renders the letters of a load: those that somebody looks for first, others at leisure."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.notices.models import Notice
from app.platform.jobs import Job, JobState

# Receipts are hundreds, and all alike; so are the letters of those who were in service already.
CAN_WAIT = ("application_received", "not_eligible")
LATEST = dt.timedelta(days=150)
# The clock's own jobs come between the letters, and a page that is looked at meanwhile stays quick.
BRISK, LEISURELY = dt.timedelta(seconds=1), dt.timedelta(seconds=45)
PAUSE = dt.timedelta(minutes=10)


def went_out(session: Session, pattern: str, at: dt.datetime) -> None:
    """Count mails of that time, by the pattern of their keys, as sent: the worker begins only today."""
    done = update(Job).where(Job.key.like(pattern), Job.state == JobState.WAITING)
    session.execute(done.values(state=JobState.DONE, finished_at=at, payload={}))


def spread(session: Session, now: dt.datetime, hurried: frozenset[str]) -> int:
    """Give each letter its turn from now on, and tell how many come before the pause.

    The letters of the accounts in `hurried` come first, then results and appointments of late.
    """
    rows = session.execute(
        select(Notice.id, Notice.template, Notice.account_id, Notice.promised_at).order_by(
            Notice.promised_at.desc(), Notice.id.desc()
        )
    )
    first: list[str] = []
    soon: list[str] = []
    later: list[str] = []
    for own, template, account_id, promised_at in rows:
        can_wait = template in CAN_WAIT or promised_at < now - LATEST
        (first if account_id in hurried else later if can_wait else soon).append(own)
    brisk = [*first, *soon]
    turns = [(own, now + BRISK * place) for place, own in enumerate(brisk)]
    turns += [(own, now + PAUSE + LEISURELY * place) for place, own in enumerate(later)]
    values = [{"promise": f"notice:{own}", "turn": turn} for own, turn in turns]
    if values:
        statement = update(Job).where(Job.key == bindparam("promise")).values(run_at=bindparam("turn"))
        session.connection().execute(statement, values)
    return len(brisk)
