"""The clock asks the virus scanner again about the files that wait for it."""

from __future__ import annotations

import datetime as dt

from app.platform import antivirus, jobs, schedule, storage
from app.platform.db import reading, transaction
from app.recruitment.scanning import queries, services

schedule.every(300, "recruitment.scan_waiting")


@jobs.task("recruitment.scan_waiting")
def scan_waiting(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Ask about each waiting file, outside of any transaction, and write the answers down."""
    with reading() as session:
        waiting = [row.digest for row in queries.list_waiting(session)]
    verdicts = {digest: antivirus.scan(storage.current().get(digest)) for digest in waiting}
    with transaction() as session:
        services.settle(
            session,
            verdicts={digest: verdict for digest, verdict in verdicts.items() if verdict is not None},
            at=at,
        )
        jobs.finish(session, ticket, at)
