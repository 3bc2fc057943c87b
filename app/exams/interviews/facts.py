"""What the page of an application says of an interview."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exams.interviews.queries import find_invitation
from app.exams.panels.states import PanelState
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind


def interview(session: Session, application: Application) -> list[Fact]:
    """Tell when and where the interview is, until the panel is done."""
    slot = find_invitation(session, application.id)
    if slot is None or slot.panel.state is PanelState.CLOSED:
        return []
    path = f"/my/applications/{application.id}/interview"
    return [Fact(FactKind.TASK, say("Come to your interview"), slot.place, at=slot.starts_at, path=path)]


facts.add(interview)
