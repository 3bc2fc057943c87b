"""What the clock does to improvement plans: it reminds of talks, and of the end."""

from __future__ import annotations

import datetime as dt

from app.personnel.improvement import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 14_400

schedule.every(EVERY_SECONDS, "personnel.watch_improvement")


@jobs.task("personnel.watch_improvement")
def watch_improvement(ticket: Ticket, at: dt.datetime) -> None:
    """Remind supervisors of check-ins that are due, and of plans that are over."""
    with transaction() as session:
        services.remind(session, at=at)
        jobs.finish(session, ticket, at)
