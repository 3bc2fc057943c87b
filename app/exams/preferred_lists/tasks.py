"""Keeping preferred lists by the clock."""

from __future__ import annotations

import datetime as dt

from app.exams.preferred_lists import services
from app.platform import jobs, schedule
from app.platform.db import transaction

schedule.every(900, "exams.keep_preferred_lists")


@jobs.task("exams.keep_preferred_lists")
def keep_preferred_lists(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Place who was separated by a reduction in force, and end the time of who is back or over it."""
    with transaction() as session:
        services.end_entries(session, at=at)
        services.place_separated(session, at=at)
        jobs.finish(session, ticket, at)
