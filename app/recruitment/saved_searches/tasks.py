"""The clock looks through saved searches, and removes the deleted ones."""

from __future__ import annotations

import datetime as dt

from app.platform import jobs, schedule
from app.platform.db import transaction
from app.recruitment.saved_searches import queries, services

schedule.every(60, "recruitment.send_alerts")
schedule.every(86_400, "recruitment.forget_searches")


@jobs.task("recruitment.send_alerts")
def send_alerts(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Promise the mails of every search that has something new, batch by batch."""
    is_more = True
    while is_more:
        with transaction() as session:
            is_more = services.send_due_alerts(session, at=at) == queries.BATCH
            if not is_more:
                jobs.finish(session, ticket, at)


@jobs.task("recruitment.forget_searches")
def forget_searches(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Remove searches that were deleted some days ago."""
    is_more = True
    while is_more:
        with transaction() as session:
            is_more = services.forget_deleted(session, at=at) == queries.BATCH
            if not is_more:
                jobs.finish(session, ticket, at)
