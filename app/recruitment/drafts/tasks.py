"""The clock reminds the owners of drafts before the deadline."""

from __future__ import annotations

import datetime as dt

from app.platform import jobs, schedule
from app.platform.db import transaction
from app.recruitment.drafts import services

schedule.every(900, "recruitment.remind_drafts")


@jobs.task("recruitment.remind_drafts")
def remind_drafts(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Promise a mail for each draft that must be submitted within a day."""
    with transaction() as session:
        services.remind_drafts(session, at=at)
        jobs.finish(session, ticket, at)
