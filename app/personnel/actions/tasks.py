"""What the clock does to personnel actions: it puts approved ones into effect on their day."""

from __future__ import annotations

import datetime as dt

from app.personnel.actions import returning, services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 900

schedule.every(EVERY_SECONDS, "personnel.put_actions_into_effect")


@jobs.task("personnel.put_actions_into_effect")
def put_actions_into_effect(ticket: Ticket, at: dt.datetime) -> None:
    """Put into effect each approved action whose day has come; bring back who was detailed until now."""
    with transaction() as session:
        services.take_effect_of_due(session, at=at)
        returning.return_from_details(session, at=at)
        jobs.finish(session, ticket, at)
