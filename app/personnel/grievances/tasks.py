"""What the clock does to grievances."""

from __future__ import annotations

import datetime as dt

from app.personnel.grievances import watching
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 900

schedule.every(EVERY_SECONDS, "personnel.watch_grievances")


@jobs.task("personnel.watch_grievances")
def watch_grievances(ticket: Ticket, at: dt.datetime) -> None:
    """Remind who answers, escalate what nobody answered in time, and close what was not taken further."""
    with transaction() as session:
        watching.watch(session, at=at)
        jobs.finish(session, ticket, at)
