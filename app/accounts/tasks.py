"""The worker's part in accounts."""

from __future__ import annotations

import datetime as dt

from app.accounts.devices.services import forget_devices
from app.accounts.passkeys.services import forget_challenges
from app.accounts.registrations import services as registrations
from app.accounts.resets.services import make_reset
from app.accounts.services import letter
from app.accounts.sessions.services import forget_tries
from app.platform import jobs, links, mail, schedule
from app.platform.db import transaction
from app.platform.sentences import say, translate

ASKED = say("Somebody, probably you, asked for a new password. Follow this link within an hour:")
NOT_YOU = say("If it was not you, do nothing: your password stays as it is.")

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
            subject=translate(say("Choose a new password"), account.language or ""),
            body=letter(
                account.name,
                ASKED,
                f"{links.absolute(ticket.payload['path'])}?token={token}",
                NOT_YOU,
                language=account.language or "",
            ),
            at=at,
        )
    with transaction() as session:
        jobs.finish(session, ticket, at, forgets=True)


@jobs.task("accounts.forget_tries")
def forget_old_tries(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Remove what no longer counts for or against anyone."""
    with transaction() as session:
        forget_tries(session, at=at)
        forget_challenges(session, at=at)
        forget_devices(session, at=at)
        registrations.forget(session, at=at)
        jobs.finish(session, ticket, at)
