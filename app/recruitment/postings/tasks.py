"""The clock closes postings: once promised for each deadline, and a look every few seconds besides."""

from __future__ import annotations

import datetime as dt

from app.platform import jobs, schedule
from app.platform.db import transaction
from app.recruitment.postings import services

# The promise closes at the deadline; this closes what a stopped worker missed, soon after it is back.
schedule.every(15, "recruitment.close_due_postings")


@jobs.task("recruitment.close_posting")
def close_posting(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Close the posting whose deadline this was promised for."""
    with transaction() as session:
        services.close_posting(session, posting_id=ticket.payload["posting_id"], at=at)
        jobs.finish(session, ticket, at)


@jobs.task("recruitment.close_due_postings")
def close_due_postings(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Close every posting whose deadline has come."""
    with transaction() as session:
        services.close_due_postings(session, at=at)
        jobs.finish(session, ticket, at)
