"""The clock proves intake twice a minute and applies the clock-stop rule."""

from __future__ import annotations

import datetime as dt

from app.platform import jobs, schedule
from app.platform.db import transaction
from app.recruitment.interruptions import probe, services
from app.recruitment.interruptions.rules import PROOF_EVERY


def prove_intake(at: dt.datetime) -> None:
    """Prove that applications can come in; move closings by what went wrong since the last proof.

    A probe that fails leaves no proof, so that the next one that succeeds finds the gap. It waits for no
    other job: a busy worker is no interruption.
    """
    if not probe.intake_works(at):
        return
    with transaction() as session:
        services.prove_intake(session, at=at)
        services.move_closings(session, at=at)


schedule.beat(int(PROOF_EVERY.total_seconds()), prove_intake)


@jobs.task("recruitment.tell_moved_closing")
def tell_moved_closing(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Mail everyone with a draft for a posting whose closing was moved."""
    with transaction() as session:
        services.tell_drafts(session, move_id=ticket.payload["move_id"], at=at)
        jobs.finish(session, ticket, at)
