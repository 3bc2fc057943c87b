"""What the page of an application says of messages: that new ones wait to be read."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.platform.sentences import say, say_count
from app.recruitment.applications.models import Application
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind
from app.recruitment.messages.queries import count_unread


def unread(session: Session, application: Application) -> list[Fact]:
    """Tell of messages from the office that nobody has opened."""
    count = count_unread(session, [application.id]).get(application.id, 0)
    if not count:
        return []
    title = say_count("Read %(count)s new message", "Read %(count)s new messages", count)
    text = say("%(agency)s has written to you.", agency=application.posting.agency.name)
    return [Fact(FactKind.TASK, title, text, path=f"/my/applications/{application.id}/messages")]


facts.add(unread)
