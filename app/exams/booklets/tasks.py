"""The worker's part: drawing booklets."""

from __future__ import annotations

import datetime as dt

from app.exams.booklets import documents, print_services, queries
from app.platform import jobs, progress, storage
from app.platform.db import reading, transaction


@jobs.task("exams.draw_booklet")
def draw_booklet(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Draw a booklet and keep the file."""
    print_id = ticket.payload["print"]
    with progress.telling(ticket.key) as teller:
        with reading() as session:
            booklet = documents.Booklet.of(queries.get_print_to_draw(session, print_id))
        content, pages = documents.draw(booklet, print_id, teller)
        digest = storage.current().put(content)
        with transaction() as session:
            print_services.keep_print(session, print_id=print_id, digest=digest, pages=pages, at=at)
            jobs.finish(session, ticket, at)
