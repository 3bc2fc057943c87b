"""The mail that says that a message is there, and nothing of what it says."""

from __future__ import annotations

from app.platform import links
from app.platform.sentences import Sentence, say
from app.recruitment.applications.models import Application


def subject(application: Application) -> Sentence:
    """Give the subject of the mail."""
    return say("You have a message about your application %(number)s", number=str(application.number))


def announcement(application: Application) -> list[Sentence]:
    """Give the paragraphs of the mail; the message itself stays in the account."""
    posting = application.posting
    return [
        say("Dear %(name)s,", name=str(application.applicant_name)),
        say(
            "%(agency)s has written to you about your application for %(title)s.",
            agency=posting.agency.name,
            title=posting.title,
        ),
        say(
            "Sign in to read and to answer it: %(address)s",
            address=links.absolute(f"/my/applications/{application.id}/messages"),
        ),
        say(
            "You can choose which of these mails you get: %(address)s",
            address=links.absolute("/my/preferences"),
        ),
    ]
