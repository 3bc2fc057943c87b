"""When the worker renders the letters of a load: those that somebody looks for first, others at leisure."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.notices.models import Notice
from app.platform.jobs import Job

# Receipts are hundreds, and all alike; so are the letters of those who were in service already.
CAN_WAIT = ("application_received", "not_eligible")
LATEST = dt.timedelta(days=150)
PAUSE = dt.timedelta(minutes=10)
APART = dt.timedelta(seconds=45)


def spread(session: Session, now: dt.datetime, hurried: frozenset[str]) -> int:
    """Put off the letters that can wait, one after another, and give how many are rendered at once.

    The letters of the accounts in `hurried` are among these.
    """
    patient: list[dict[str, object]] = []
    count = 0
    rows = session.execute(
        select(Notice.id, Notice.template, Notice.account_id, Notice.promised_at).order_by(
            Notice.promised_at.desc(), Notice.id.desc()
        )
    )
    for own, template, account_id, promised_at in rows:
        can_wait = template in CAN_WAIT or promised_at < now - LATEST
        if can_wait and account_id not in hurried:
            run_at = now + PAUSE + APART * len(patient)
            patient.append({"own": f"notice:{own}", "moment": run_at})
        else:
            count += 1
    if patient:
        statement = update(Job).where(Job.key == bindparam("own")).values(run_at=bindparam("moment"))
        session.connection().execute(statement, patient)
    return count
