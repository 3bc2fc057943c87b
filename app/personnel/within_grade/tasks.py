"""What the clock does to increases within the grade: it finds those that fall due."""

from __future__ import annotations

import datetime as dt

from app.personnel.within_grade import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 86_400

schedule.every(EVERY_SECONDS, "personnel.find_increases")


@jobs.task("personnel.find_increases")
def find_increases(ticket: Ticket, at: dt.datetime) -> None:
    """List the increases within the grade that fall due in the next weeks."""
    with transaction() as session:
        services.find_due(session, at=at)
        jobs.finish(session, ticket, at)
