"""What the clock does to flexible work: it reminds, and it ends what was agreed for a time."""

from __future__ import annotations

import datetime as dt

from app.personnel.flexible_work import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 3600

schedule.every(EVERY_SECONDS, "personnel.watch_flexible_work")


@jobs.task("personnel.watch_flexible_work")
def watch_flexible_work(ticket: Ticket, at: dt.datetime) -> None:
    """End agreements whose last day has passed, and remind of those that are to be looked at."""
    with transaction() as session:
        services.conclude(session, at=at)
        services.remind(session, at=at)
        jobs.finish(session, ticket, at)
