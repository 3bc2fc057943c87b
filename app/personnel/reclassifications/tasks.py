"""What the clock does to reclassifications: it puts approved ones into effect on their day."""

from __future__ import annotations

import datetime as dt

from app.personnel.reclassifications import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 900

schedule.every(EVERY_SECONDS, "personnel.put_reclassifications_into_effect")


@jobs.task("personnel.put_reclassifications_into_effect")
def put_reclassifications_into_effect(ticket: Ticket, at: dt.datetime) -> None:
    """Put into effect each approved reclassification whose day has come."""
    with transaction() as session:
        services.take_effect_of_due(session, at=at)
        jobs.finish(session, ticket, at)
