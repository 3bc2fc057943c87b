"""The worker's part: cases whose end was approved."""

from __future__ import annotations

import datetime as dt

from app.compliance.case_purges import purging
from app.compliance.deletions.erasing import unnamed
from app.platform import jobs, storage
from app.platform.db import transaction
from app.recruitment.scanning.services import forget


@jobs.task("compliance.purge_cases")
def purge_cases(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Carry an approved purge out; files go once the rows are gone for good."""
    with transaction() as session:
        files, letters = purging.carry_out(session, purge_id=ticket.payload["purge"], at=at)
        loose = [*unnamed(session, files), *letters]
        forget(session, loose)
        jobs.finish(session, ticket, at)
    for digest in loose:
        storage.current().remove(digest)
