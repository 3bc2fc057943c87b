"""The clock reminds the owners of drafts before the deadline."""

from __future__ import annotations

import datetime as dt

from app.platform import jobs, schedule, typed_texts
from app.platform.db import transaction
from app.recruitment.deadlines import services

schedule.every(60, "recruitment.remind_drafts")
schedule.every(3600, "recruitment.purge_typed")


@jobs.task("recruitment.remind_drafts")
def remind_drafts(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Promise the mails of a day and an hour before a closing."""
    with transaction() as session:
        services.remind_drafts(session, at=at)
        jobs.finish(session, ticket, at)


@jobs.task("recruitment.purge_typed")
def purge_typed(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Drop the text that was kept over a lost session and that nobody came back for."""
    is_more = True
    while is_more:
        with transaction() as session:
            is_more = typed_texts.purge(session, at) > 0
    with transaction() as session:
        jobs.finish(session, ticket, at)
