"""What the page of an application says of appeals."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exams.appeals import queries
from app.exams.appeals.rules import may_file
from app.exams.appeals.states import AppealState, Subject
from app.exams.results.rules import appeal_deadline
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind


def appeals(session: Session, application: Application) -> list[Fact]:
    """Tell until when a decision may be appealed against, and what became of an appeal."""
    path = f"/my/applications/{application.id}/appeals"
    filed = queries.list_own(session, application.id)
    told = []
    for appeal in filed:
        if appeal.state in (AppealState.UPHELD, AppealState.DISMISSED):
            title = say("Your appeal: %(state)s", state=appeal.state.title)
            told.append(Fact(FactKind.EVENT, title, at=appeal.decided_at, path=path))
    standing = [(appeal.subject, appeal.state, appeal.filed_at) for appeal in filed]
    zone = application.posting.agency.time_zone
    for subject in Subject:
        decided_at = queries.find_decided_at(session, application.id, subject)
        if decided_at is not None and may_file(subject, decided_at, standing):
            title = say("Last moment to appeal: %(subject)s", subject=subject.title)
            told.append(Fact(FactKind.DAY, title, at=appeal_deadline(decided_at, zone), path=path))
    return told


facts.add(appeals)
