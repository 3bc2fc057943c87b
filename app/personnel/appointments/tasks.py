"""What the clock does to appointments for a time: it reminds before they end."""

from __future__ import annotations

import datetime as dt

from app.personnel.appointments import reminding
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 3600

schedule.every(EVERY_SECONDS, "personnel.watch_terms")


@jobs.task("personnel.watch_terms")
def watch_terms(ticket: Ticket, at: dt.datetime) -> None:
    """Remind of provisional and temporary appointments that near their last day."""
    with transaction() as session:
        reminding.remind(session, at=at)
        jobs.finish(session, ticket, at)
