"""The worker's part in accounts."""

from __future__ import annotations

import datetime as dt

from app.accounts.resets.services import make_reset
from app.accounts.sessions.services import forget_tries
from app.platform import jobs, links, mail, schedule
from app.platform.db import transaction

schedule.every(3600, "accounts.forget_tries")


@jobs.task("accounts.send_reset")
def send_reset(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Make a link and mail it at once; its token stands in no table, so it cannot be promised as mail is."""
    with transaction() as session:
        made = make_reset(session, email=ticket.payload["email"], at=at)
    if made is not None:
        account, token = made
        mail.send_now(
            ticket.id,
            to=account.email,
            subject="Choose a new password",
            body=(
                f"Hello {account.name},\n\n"
                "Somebody, probably you, asked for a new password. Follow this link within an hour:\n\n"
                f"{links.absolute(ticket.payload['path'])}?token={token}\n\n"
                "If it was not you, do nothing: your password stays as it is.\n"
            ),
            at=at,
        )
    with transaction() as session:
        jobs.finish(session, ticket, at)


@jobs.task("accounts.forget_tries")
def forget_old_tries(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Remove the tries that no longer count against anyone."""
    with transaction() as session:
        forget_tries(session, at=at)
        jobs.finish(session, ticket, at)
