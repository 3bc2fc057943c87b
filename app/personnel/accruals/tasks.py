"""What the clock does to leave: it posts, and it warns."""

from __future__ import annotations

import datetime as dt

from app.personnel.accruals import reminders, services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

POST_SECONDS = 3600
WARN_SECONDS = 86400

schedule.every(POST_SECONDS, "personnel.post_leave")
schedule.every(WARN_SECONDS, "personnel.warn_of_leave")


@jobs.task("personnel.post_leave")
def post_leave(ticket: Ticket, at: dt.datetime) -> None:
    """Post what the pay periods that are over have earned."""
    with transaction() as session:
        services.post_all(session, at=at)
        jobs.finish(session, ticket, at)


@jobs.task("personnel.warn_of_leave")
def warn_of_leave(ticket: Ticket, at: dt.datetime) -> None:
    """Tell people what leave they would lose, while there is time to take it."""
    with transaction() as session:
        reminders.warn_all(session, at=at)
        jobs.finish(session, ticket, at)
