"""The worker's part: analysing the items of large examinations."""

from __future__ import annotations

import datetime as dt

from app.accounts.queries import actor_of, get_account
from app.exams.item_analysis import services
from app.platform import jobs
from app.platform.db import transaction


@jobs.task("exams.analyse_items")
def analyse_items(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Analyse the items of an examination for who asked for it."""
    with transaction() as session:
        actor = actor_of(get_account(session, ticket.payload["by"]))
        services.analyse(session, examination_id=ticket.payload["examination"], actor=actor, at=at)
        jobs.finish(session, ticket, at)
