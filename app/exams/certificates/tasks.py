"""Ending certificates by the clock."""

from __future__ import annotations

import datetime as dt

from app.exams.certificates import services
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

EVERY_SECONDS = 900

schedule.every(EVERY_SECONDS, "exams.expire_certificates")


@jobs.task("exams.expire_certificates")
def expire_certificates(ticket: Ticket, at: dt.datetime) -> None:
    """End the certificates whose last day is over."""
    with transaction() as session:
        services.expire_certificates(session, at=at)
        jobs.finish(session, ticket, at)
