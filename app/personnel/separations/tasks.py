"""What the clock does to separations: it reminds, and ends the service when the last day has passed."""

from __future__ import annotations

import datetime as dt

from app.personnel.separations import effecting, services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 900

schedule.every(EVERY_SECONDS, "personnel.watch_separations")


@jobs.task("personnel.watch_separations")
def watch_separations(ticket: Ticket, at: dt.datetime) -> None:
    """Remind of open clearances, and put every accepted separation into effect, a batch a transaction."""
    with transaction() as session:
        _, place = effecting.effect_batch(session, after=None, at=at)
    while place is not None:
        with transaction() as session:
            _, place = effecting.effect_batch(session, after=place, at=at)
    with transaction() as session:
        services.remind(session, at=at)
        jobs.finish(session, ticket, at)
