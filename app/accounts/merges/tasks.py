"""The worker's part in finding accounts of one person."""

from __future__ import annotations

import datetime as dt

from app.accounts.merges.finding import find_matches
from app.platform import jobs, schedule
from app.platform.db import transaction

schedule.every(3600, "accounts.find_duplicates")


@jobs.task("accounts.find_duplicates")
def find_duplicates(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Compute anew by what people can be recognised, so that two accounts of one person are listed."""
    with transaction() as session:
        find_matches(session)
        jobs.finish(session, ticket, at)
