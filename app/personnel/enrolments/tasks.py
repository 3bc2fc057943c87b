"""What the clock does to open seasons: it reminds, and it concludes."""

from __future__ import annotations

import datetime as dt

from app.personnel.enrolments import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 900

schedule.every(EVERY_SECONDS, "personnel.watch_enrolments")


@jobs.task("personnel.watch_enrolments")
def watch_enrolments(ticket: Ticket, at: dt.datetime) -> None:
    """Remind those who have not chosen, and enrol by default once a season has closed."""
    with transaction() as session:
        services.watch(session, at=at)
        jobs.finish(session, ticket, at)
