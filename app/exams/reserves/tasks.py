"""Letting reserves lapse by the clock."""

from __future__ import annotations

import datetime as dt

from app.exams.reserves import services
from app.platform import jobs, schedule
from app.platform.db import transaction

schedule.every(900, "exams.lapse_reserves")


@jobs.task("exams.lapse_reserves")
def lapse_reserves(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """End the reserves whose last day is over."""
    with transaction() as session:
        services.lapse_reserves(session, at=at)
        jobs.finish(session, ticket, at)
