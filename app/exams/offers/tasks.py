"""Ending offers by the clock."""

from __future__ import annotations

import datetime as dt

from app.exams.offers import services
from app.platform import jobs, schedule
from app.platform.db import transaction

schedule.every(900, "exams.lapse_offers")


@jobs.task("exams.lapse_offers")
def lapse_offers(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """End the offers that nobody answered in time."""
    with transaction() as session:
        services.lapse_offers(session, at=at)
        jobs.finish(session, ticket, at)
