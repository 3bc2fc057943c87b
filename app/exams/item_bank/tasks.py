"""Filling the figures of items from published examinations, by the clock."""

from __future__ import annotations

import datetime as dt

from app.exams.item_bank import usage
from app.platform import jobs, schedule
from app.platform.db import transaction
from app.platform.jobs import Ticket

schedule.every(3600, "exams.fill_item_figures")


@jobs.task("exams.fill_item_figures")
def fill_item_figures(ticket: Ticket, at: dt.datetime) -> None:
    """Fill the figures of every use whose list was published and whose figures are still empty."""
    with transaction() as session:
        usage.fill_figures(session, at=at)
        jobs.finish(session, ticket, at)
