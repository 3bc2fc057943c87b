"""The worker's part in changing an address: a link to each of the two."""

from __future__ import annotations

import datetime as dt

from app.accounts.addresses import services
from app.accounts.services import letter
from app.platform import jobs, links, mail
from app.platform.db import transaction
from app.platform.sentences import say, translate

SUBJECT = say("Confirm the change of your email address")
TO_NEW = say("Somebody, probably you, wants to make this the address of their account.")
FOLLOW = say("If it was you, confirm it by this link within a day. The other address must confirm it too.")
NOT_YOU_OLD = say("If it was not you, do not follow the link, and choose a new password at once.")
NOT_YOU_NEW = say("If it was not you, do nothing: nothing is changed.")
TAKEN = say("It was not made so, because you have an account with this address already.")


@jobs.task("accounts.send_address_change")
def send_address_change(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Mail the old and the new address; the new one is told when it has an account already."""
    with transaction() as session:
        found = services.prepare(session, change_id=ticket.payload["change"], at=at)
    if found is not None:
        language, path = found.account.language or "", links.absolute(ticket.payload["path"])
        asked = say(
            "Somebody, probably you, wants to change the address of your account to %(email)s.",
            email=found.email,
        )
        old: tuple[str, ...] = (asked, FOLLOW, f"{path}?token={found.old_token}", NOT_YOU_OLD)
        new: tuple[str, ...] = (TO_NEW, FOLLOW, f"{path}?token={found.new_token}", NOT_YOU_NEW)
        if found.is_taken:
            new = (TO_NEW, TAKEN, NOT_YOU_NEW)
        subject = translate(SUBJECT, language)
        for suffix, to, parts in (("old", found.account.email, old), ("new", found.email, new)):
            body = letter(found.account.name, *parts, language=language)
            mail.send_now(f"{ticket.id}-{suffix}", to=to, subject=subject, body=body, at=at)
    with transaction() as session:
        jobs.finish(session, ticket, at)
