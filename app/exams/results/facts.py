"""What the page of an application says of its examination: the day to keep, and the last day of the list."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.states import Attendance
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Standing
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind


def examination(session: Session, application: Application) -> list[Fact]:
    """Tell the day of an examination that lies ahead, and the last day of the list one stands on."""
    if application.assessment is Assessment.NONE:
        return []
    path = f"/my/applications/{application.id}/result"
    found = session.execute(
        select(Candidate, Examination)
        .join(Examination, Examination.id == Candidate.examination_id)
        .where(Candidate.application_id == application.id)
    ).first()
    told = []
    if found is not None and found[0].attendance is Attendance.EXPECTED:
        title = say("Examination: %(title)s", title=found[1].title)
        text = say("Your candidate number is %(number)s.", number=str(found[0].number))
        told.append(Fact(FactKind.DAY, title, text, on=found[1].held_on, path=path, stage="examine"))
    if application.standing is Standing.PASSED:
        told += _list_until(session, application, path)
    return told


def _list_until(session: Session, application: Application, path: str) -> list[Fact]:
    query = (
        select(MeritList.expires_on)
        .join(MeritListEntry, MeritListEntry.list_id == MeritList.id)
        .where(MeritListEntry.application_id == application.id, MeritList.state == ListState.PUBLISHED)
    )
    expires_on = session.scalar(query)
    if expires_on is None:
        return []
    return [Fact(FactKind.DAY, say("Last day of the list you stand on"), on=expires_on, path=path)]


facts.add(examination)
