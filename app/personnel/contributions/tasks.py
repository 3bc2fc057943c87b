"""What the clock does to contributions: it posts each pay period once."""

from __future__ import annotations

import datetime as dt

from app.personnel.contributions import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 3600

schedule.every(EVERY_SECONDS, "personnel.post_contributions")


@jobs.task("personnel.post_contributions")
def post_contributions(ticket: Ticket, at: dt.datetime) -> None:
    """Post the pay periods that have begun."""
    with transaction() as session:
        services.post_due(session, at=at)
        jobs.finish(session, ticket, at)
