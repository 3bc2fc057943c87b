"""What the clock does to cycles: it reminds."""

from __future__ import annotations

import datetime as dt

from app.personnel.performance import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 14_400

schedule.every(EVERY_SECONDS, "personnel.watch_performance")


@jobs.task("personnel.watch_performance")
def watch_performance(ticket: Ticket, at: dt.datetime) -> None:
    """Remind supervisors of plans, progress reviews and ratings that are due."""
    with transaction() as session:
        services.remind(session, at=at)
        jobs.finish(session, ticket, at)
