"""Telling candidates that their admit cards are there."""

from __future__ import annotations

import datetime as dt

from app.exams.admit_cards import services
from app.platform import jobs
from app.platform.db import transaction


@jobs.task("exams.tell_admit_cards")
def tell_admit_cards(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Mail every candidate of an examination, or those whose seat has changed."""
    with transaction() as session:
        services.tell_candidates(
            session,
            examination_id=ticket.payload["examination_id"],
            candidate_ids=ticket.payload.get("candidate_ids", ()),
            key=ticket.key,
            at=at,
        )
        jobs.finish(session, ticket, at)
