"""The worker's part: purges that were approved, drafts whose time is over, files that nothing names."""

from __future__ import annotations

import datetime as dt

from app.compliance.deletions.erasing import unnamed
from app.compliance.retention import due as falling
from app.compliance.retention import purging, schedule
from app.platform import audit, jobs, storage, uploads
from app.platform import schedule as clock_schedule
from app.platform.actors import SYSTEM
from app.platform.db import reading, transaction
from app.recruitment.scanning.services import forget

DRAFTS = 500
DAY = 24 * 3600

clock_schedule.every(DAY, "compliance.purge_drafts")
clock_schedule.every(DAY, "compliance.sweep_uploads")


@jobs.task("compliance.purge_applications")
def purge_applications(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Carry an approved purge out; files go once the rows are gone for good."""
    with transaction() as session:
        digests = purging.carry_out(session, purge_id=ticket.payload["purge"], at=at)
        forget(session, unnamed(session, digests))
        jobs.finish(session, ticket, at)
    _remove(digests)


@jobs.task("compliance.purge_drafts")
def purge_drafts(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Delete the drafts whose time is over, some hundreds at a time."""
    series, after = schedule.current()["drafts"], ""
    while True:
        with transaction() as session:
            ids = falling.list_due_drafts(session, series.cutoff(at.date()), limit=DRAFTS, after=after)
            digests = purging.delete_drafts(session, ids, at) if ids else []
            forget(session, unnamed(session, digests))
        _remove(digests)
        if len(ids) < DRAFTS:
            break
        after = ids[-1]
    with transaction() as session:
        jobs.finish(session, ticket, at)


@jobs.task("compliance.sweep_uploads")
def sweep_uploads(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Remove uploaded files that nothing has named since; what is named needs no note any more."""
    series, after = schedule.current()["uploads"], ""
    before = dt.datetime.combine(series.cutoff(at.date()), dt.time(), dt.UTC)
    while True:
        with transaction() as session:
            old = uploads.take_old(session, before, after)
            loose = sorted(set(old) - uploads.named_among(session, old))
            uploads.forget(session, old)
            forget(session, loose)
            if loose:
                audit.record(
                    session,
                    "compliance.retention.sweep_uploads",
                    actor=SYSTEM,
                    at=at,
                    subject="uploads",
                    files=len(loose),
                )
        for digest in loose:
            storage.current().remove(digest)
        if len(old) < uploads.BATCH:
            break
        after = old[-1]
    with transaction() as session:
        jobs.finish(session, ticket, at)


def _remove(digests: list[str]) -> None:
    with reading() as session:
        loose = unnamed(session, digests)
    for digest in loose:
        storage.current().remove(digest)
