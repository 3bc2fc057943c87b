"""What the page of an application says of offers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exams.offers import queries
from app.exams.offers.states import OfferState
from app.platform.actors import Actor
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind


def offers(session: Session, application: Application) -> list[Fact]:
    """Tell that an offer waits for an answer, and what became of each."""
    path = f"/my/applications/{application.id}/offers"
    told = []
    for offer in queries.list_own(session, application.id, Actor(id=application.account_id, name="")):
        if offer.state is OfferState.MADE:
            title = say("Answer the offer: %(title)s", title=offer.position.title)
            told.append(Fact(FactKind.TASK, title, at=offer.reply_by, path=path))
        else:
            title = say("Offer: %(state)s", state=offer.state.title)
            told.append(Fact(FactKind.EVENT, title, offer.position.title, at=offer.ended_at, path=path))
    return told


facts.add(offers)
