"""What the page of an application says of the day of the examination."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exams.admit_cards.queries import find_released
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind


def admit_card(session: Session, application: Application) -> list[Fact]:
    """Tell that the admit card is there, until the examination is over."""
    if application.assessment is not Assessment.REGISTERED:
        return []
    meeting = find_released(session, application.id)
    if meeting is None:
        return []
    path = f"/my/applications/{application.id}/admit-card"
    title = say("Print or save your admit card")
    return [Fact(FactKind.TASK, title, meeting.venue, at=meeting.doors_close_at, path=path)]


facts.add(admit_card)
