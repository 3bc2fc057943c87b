"""The clock asks the virus scanner again about the files that wait for it."""

from __future__ import annotations

import datetime as dt
import itertools

import structlog

from app.platform import antivirus, jobs, schedule, storage
from app.platform.antivirus import Verdict
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.recruitment.scanning import queries, services

log = structlog.get_logger("meritum.scanning")

BATCH = 50

schedule.every(300, "recruitment.scan_waiting")


@jobs.task("recruitment.scan_waiting")
def scan_waiting(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Ask about the files that wait, outside of any transaction, and write the answers down."""
    with reading() as session:
        waiting = queries.list_waiting(session) if antivirus.is_bound() else []
    # files that cannot be read are passed over, and take no place among those that are asked about
    asked = ((digest, verdict) for digest in waiting if (verdict := _ask(digest)) is not None)
    verdicts = dict(itertools.islice(asked, BATCH))
    with transaction() as session:
        services.settle(session, verdicts=verdicts, at=at)
        jobs.finish(session, ticket, at)


def _ask(digest: str) -> Verdict | None:
    """Ask about one file; None where there is no scanner, or no whole file to show it.

    A lost file goes on waiting: should it come back from a backup, nobody may open it unseen.
    """
    try:
        content = storage.current().get(digest)
    except (NotFound, storage.DamagedFile):
        log.warning("a file that waits for the virus scanner cannot be read", digest=digest)
        return None
    return antivirus.scan(content)
