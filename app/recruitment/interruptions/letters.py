"""What everyone with a draft is told when a closing moves."""

from __future__ import annotations

from app.accounts.models import Account
from app.platform import links
from app.platform.sentences import Sentence, say
from app.recruitment.applications.letters import precise
from app.recruitment.interruptions.models import MovedClosing


def moved_closing(
    moved: MovedClosing, account: Account, application_id: str
) -> tuple[Sentence, tuple[str, ...]]:
    """Give the mail's subject and body: what happened, both closings, and that a draft is no application."""
    posting, zone = moved.posting, moved.posting.time_zone
    sentences = (
        say("Dear %(name)s,", name=account.name),
        moved.cause.title,
        say(
            "By our published rule, the closing of %(title)s (%(number)s) moves for everyone.",
            title=posting.title,
            number=posting.number,
        ),
        say("Closing until now: %(moment)s", moment=precise(moved.old_closes_at, zone)),
        say("New closing: %(moment)s", moment=precise(moved.new_closes_at, zone)),
        say("Your application is a draft. It is NOT submitted. It counts only if you submit it in time."),
        say("Go on here: %(link)s", link=links.absolute(f"/my/applications/{application_id}")),
        posting.agency.name,
    )
    subject = say("You have more time to apply: %(title)s", title=posting.title)
    return subject, sentences
