"""What the clock does to training: requests lapse, duties follow who serves where, people are reminded."""

from __future__ import annotations

import datetime as dt

from app.personnel.course_enrolments import services
from app.personnel.mandatory_training import services as mandatory
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 3600

schedule.every(EVERY_SECONDS, "personnel.watch_training")


@jobs.task("personnel.watch_training")
def watch_training(ticket: Ticket, at: dt.datetime) -> None:
    """Let what came too late lapse, renew duties, and remind of those that fall due."""
    with transaction() as session:
        services.lapse(session, at=at)
        mandatory.renew_duties(session, at=at)
        mandatory.remind(session, at=at)
        jobs.finish(session, ticket, at)
