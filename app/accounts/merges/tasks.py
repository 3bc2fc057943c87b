"""The worker's part in finding accounts of one person, and in asking their owners."""

from __future__ import annotations

import datetime as dt

from app.accounts.merges import consents
from app.accounts.merges.finding import find_changed, find_matches
from app.accounts.services import letter
from app.platform import jobs, links, mail, schedule
from app.platform.db import transaction
from app.platform.sentences import say, translate

SUBJECT = say("Are both accounts yours?")
ASKED = say("An officer proposes to join your account with another one, because both seem to be yours.")
FOLLOW = say("Follow this link and say whether both are yours. Nothing is joined before both agree.")
NOT_YOU = say("If you have one account only, follow the link and say so: then both stay as they are.")

HOUR, DAY = 3600, 24 * 3600
# What was being saved when the last look began is looked at again.
OVERLAP = dt.timedelta(minutes=10)

schedule.every(HOUR, "accounts.find_duplicates")
schedule.every(DAY, "accounts.find_all_duplicates")


@jobs.task("accounts.find_duplicates")
def find_duplicates(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Compute anew by what those can be recognised who changed since the last look."""
    with transaction() as session:
        begun = jobs.find_last_done(session, ticket.name)
        if begun is not None:
            find_changed(session, begun - OVERLAP)
        else:
            find_matches(session)
        jobs.finish(session, ticket, at)


@jobs.task("accounts.find_all_duplicates")
def find_all_duplicates(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Compute everybody anew, so that nothing is left of who changed in a way that nobody tells."""
    with transaction() as session:
        find_matches(session)
        jobs.finish(session, ticket, at)


@jobs.task("accounts.ask_consent")
def ask_consent(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Mail both addresses a link by which each agrees or says no."""
    with transaction() as session:
        questions = consents.prepare(session, merge_id=ticket.payload["merge"], at=at)
    for number, question in enumerate(questions):
        account, language = question.account, question.account.language or ""
        link = f"{links.absolute('/joining')}?token={question.token}"
        body = letter(account.name, ASKED, FOLLOW, link, NOT_YOU, language=language)
        subject = translate(SUBJECT, language)
        mail.send_now(f"{ticket.id}-{number}", to=account.email, subject=subject, body=body, at=at)
    with transaction() as session:
        jobs.finish(session, ticket, at)
