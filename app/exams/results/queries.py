"""Reading a candidate's own result, and what letters and standings are made of."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.states import Attendance
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application


def get_own_candidate(session: Session, application_id: str, actor: Actor) -> Candidate:
    """Give the actor's own candidacy with its application, or raise NotFound."""
    candidate = session.scalar(
        select(Candidate)
        .join(Candidate.application)
        .where(Candidate.application_id == application_id, Application.account_id == actor.id)
        .options(joinedload(Candidate.application))
    )
    if candidate is None:
        raise NotFound(say("There is no result for this application."))
    return candidate


def get_examination_of(session: Session, candidate: Candidate) -> Examination:
    """Give the examination of a candidate, with agency and posting."""
    examination = session.scalar(
        select(Examination)
        .where(Examination.id == candidate.examination_id)
        .options(joinedload(Examination.agency), joinedload(Examination.posting))
    )
    if examination is None:
        raise NotFound(say("There is no result for this application."))
    return examination


def list_own_entries(session: Session, candidate: Candidate) -> list[tuple[MeritList, MeritListEntry]]:
    """List a candidate's entries on every version that was published, the one in force first."""
    rows = session.execute(
        select(MeritList, MeritListEntry)
        .join(MeritListEntry, MeritListEntry.list_id == MeritList.id)
        .where(
            MeritListEntry.candidate_id == candidate.id,
            MeritList.state.in_((ListState.PUBLISHED, ListState.SUPERSEDED)),
        )
        .options(joinedload(MeritList.key_version))
        .order_by(MeritList.version.desc())
    )
    return [(merit_list, entry) for merit_list, entry in rows]


def load_ranked(session: Session, list_id: str) -> list[MeritListEntry]:
    """Load all entries of a list with their applications, in order."""
    query = (
        select(MeritListEntry)
        .where(MeritListEntry.list_id == list_id)
        .options(joinedload(MeritListEntry.application))
        .order_by(MeritListEntry.place)
    )
    return list(session.scalars(query))


def list_absent(session: Session, examination_id: str) -> list[Application]:
    """List the applications of the candidates who were absent, by candidate number."""
    query = (
        select(Application)
        .join(Candidate, Candidate.application_id == Application.id)
        .where(Candidate.examination_id == examination_id, Candidate.attendance == Attendance.ABSENT)
        .order_by(Candidate.number)
    )
    return list(session.scalars(query))
