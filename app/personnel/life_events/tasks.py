"""What the clock does to dependants: it reminds, ends coverage, and opens the choice that follows."""

from __future__ import annotations

import datetime as dt

from app.personnel.dependants.services import end_due
from app.personnel.life_events.services import open_for_ended
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 6 * 3600

schedule.every(EVERY_SECONDS, "personnel.watch_dependants")


@jobs.task("personnel.watch_dependants")
def watch_dependants(ticket: Ticket, at: dt.datetime) -> None:
    """Remind of coverage that nears its end, end what has passed it, and open the new choice."""
    with transaction() as session:
        for dependant in end_due(session, at=at):
            open_for_ended(session, dependant, at)
        jobs.finish(session, ticket, at)
