"""What the page of an application says of a reserve."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exams.reserves.own import Place, find_own
from app.platform.actors import Actor
from app.platform.sentences import Sentence, say
from app.recruitment.applications.models import Application
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind


def reserves(session: Session, application: Application) -> list[Fact]:
    """Tell that the person stands in a reserve and until when, was called from it, or that it has ended."""
    own = find_own(session, application.id, Actor(id=application.account_id, name=""))
    if own is None:
        return []
    path = f"/my/applications/{application.id}/reserve"
    if own.called_at is not None:
        title = say("You were called from the reserve list")
        return [Fact(FactKind.EVENT, title, at=own.called_at, path=path)]
    if own.is_standing:
        title = say("You are on the reserve list until this day")
        return [Fact(FactKind.DAY, title, _place(own), on=own.lapses_on, path=path)]
    title = say("The reserve list has ended")
    return [Fact(FactKind.EVENT, title, at=own.ended_at, path=path)]


def _place(own: Place) -> Sentence:
    if own.before is None:
        return say("You cannot be called any more.")
    return say("Your place: %(place)s", place=own.before + 1)


facts.add(reserves)
