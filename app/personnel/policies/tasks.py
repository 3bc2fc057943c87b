"""What the clock does about policies: it tells of new ones, and reminds."""

from __future__ import annotations

import datetime as dt

from app.personnel.policies import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 6 * 3600

schedule.every(EVERY_SECONDS, "personnel.watch_policies")


@jobs.task("personnel.watch_policies")
def watch_policies(ticket: Ticket, at: dt.datetime) -> None:
    """Tell people of policies that came into force, and remind who has not acknowledged one."""
    with transaction() as session:
        services.tell(session, at=at)
        jobs.finish(session, ticket, at)
