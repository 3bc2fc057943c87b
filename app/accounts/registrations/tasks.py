"""The worker's part in registering: it alone knows the code, and only while it writes the mail."""

from __future__ import annotations

import datetime as dt

from app.accounts.registrations import rules, services
from app.accounts.services import letter
from app.platform import jobs, links, mail
from app.platform.db import transaction
from app.platform.sentences import say, translate

SUBJECT = say("Confirm your email address")
ASKED = say("Somebody, probably you, asked for an account with this email address.")
CONFIRM = say("To make the account, follow this link within a day:")
TYPE = say("Or type this code on the page that asks for it:")
IGNORE = say("If it was not you, do nothing: no account is made.")
OWNED_SUBJECT = say("You have an account already")
OWNED = say("You have an account already, so that no other was made. Sign in with it:")
FORGOTTEN = say("If you have forgotten your password, choose a new one:")
CLOSED = say(
    "There was an account with this address, and it is closed. Write to the office if you need it again."
)
IGNORE_OWNED = say("If it was not you, do nothing: your account stays as it is.")


@jobs.task("accounts.send_registration")
def send_registration(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Mail the link and the code, or to who has an account already that this is so."""
    with transaction() as session:
        answer = services.prepare(session, registration_id=ticket.payload["registration"], at=at)
    if answer is not None:
        to, language = answer.registration.email, answer.registration.language
        subject = OWNED_SUBJECT if answer.owner else SUBJECT
        parts = _paragraphs(answer, ticket.payload["path"])
        body = letter(answer.registration.name, *parts, language=language)
        mail.send_now(ticket.id, to=to, subject=translate(subject, language), body=body, at=at)
    with transaction() as session:
        jobs.finish(session, ticket, at)


def _paragraphs(answer: services.Answer, path: str) -> list[str]:
    if answer.owner is None:
        link, code = f"{links.absolute(path)}?token={answer.token}", rules.grouped(answer.code)
        return [ASKED, CONFIRM, link, TYPE, code, IGNORE]
    if answer.owner.state.value == "closed":
        return [ASKED, CLOSED]
    sign_in, forgot = links.absolute("/sign-in"), links.absolute("/forgot-password")
    return [ASKED, OWNED, sign_in, FORGOTTEN, forgot, IGNORE_OWNED]
