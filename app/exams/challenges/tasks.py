"""The worker's part: confirming decisions that correct a long list."""

from __future__ import annotations

import datetime as dt

from app.accounts.queries import actor_of, get_account
from app.exams.challenges.confirm_services import confirm_decisions
from app.exams.challenges.preparing import prepare_confirmation
from app.exams.corrections.preparing import STEPS
from app.exams.corrections.promising import CONFIRM, refuse_confirmation
from app.exams.merit_lists import preparing
from app.platform import jobs, progress
from app.platform.db import reading, transaction
from app.platform.errors import MeritumError


@jobs.task(CONFIRM)
def carry_out(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Confirm decisions and put the list right, all at once; why it could not be done is told on the page.

    A worker that was stopped leaves nothing behind, and the next one begins again.
    """
    examination_id, own = ticket.payload["examination"], ticket.payload["challenges"]
    asked = {"examination_id": examination_id, "challenge_ids": own}
    try:
        with progress.telling(ticket.key) as teller, preparing.ahead():
            with reading() as session:
                actor = actor_of(get_account(session, ticket.payload["by"]))
                prepare_confirmation(session, **asked, actor=actor, teller=teller)
            teller.begin("Putting the list in the place of the published one.", STEPS)
            teller.tell(STEPS - 1)
            with transaction() as session:
                confirm_decisions(session, **asked, actor=actor, at=at)
                jobs.finish(session, ticket, at)
    except MeritumError as error:
        with transaction() as session:
            refuse_confirmation(
                session, examination_id=examination_id, key=ticket.key, why=error.message, at=at
            )
            jobs.finish(session, ticket, at)
