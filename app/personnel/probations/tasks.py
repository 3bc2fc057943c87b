"""What the clock does to probations: it reminds, and it concludes."""

from __future__ import annotations

import datetime as dt

from app.personnel.probations import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 3600

schedule.every(EVERY_SECONDS, "personnel.watch_probations")


@jobs.task("personnel.watch_probations")
def watch_probations(ticket: Ticket, at: dt.datetime) -> None:
    """Remind of probations that near their end, and conclude those whose day has passed."""
    with transaction() as session:
        services.remind(session, at=at)
        services.conclude(session, at=at)
        jobs.finish(session, ticket, at)
