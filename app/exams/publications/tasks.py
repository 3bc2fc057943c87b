"""Sending the letters of a publication once they are no longer held, some hundreds in each transaction."""

from __future__ import annotations

import datetime as dt

from app.exams.publications import services
from app.exams.results.queries import Cursor
from app.platform import jobs, progress
from app.platform.db import transaction


@jobs.task(services.SEND)
def send_result_letters(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Promise every candidate's letter; what was promised before a fault is not promised again."""
    publication_id = ticket.payload["publication"]
    with progress.telling(ticket.key) as teller:
        after: Cursor | None = Cursor()
        while after is not None:
            with transaction() as session:
                after = services.send_letters(session, publication_id=publication_id, at=at, after=after)
                if after is None:
                    jobs.finish(session, ticket, at)
                else:
                    teller.tell(after.done)
