"""The worker's part: carry an approved request out, then remove files that nobody names any more."""

from __future__ import annotations

import datetime as dt

from app.compliance.deletions import erasing
from app.platform import jobs, storage
from app.platform.db import reading, transaction
from app.recruitment.scanning.services import forget


@jobs.task("compliance.delete_personal_data")
def delete_personal_data(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Delete what was approved; the files go once the rows are gone for good."""
    with transaction() as session:
        digests = erasing.erase(session, request_id=ticket.payload["request"], at=at)
        forget(session, erasing.unnamed(session, digests))
        jobs.finish(session, ticket, at)
    with reading() as session:
        loose = erasing.unnamed(session, digests)
    for digest in loose:
        storage.current().remove(digest)
