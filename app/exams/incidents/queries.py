"""Reading incidents."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.exams.centres.models import Room
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.queries import visible_to
from app.exams.incidents.models import Incident, IncidentPerson
from app.exams.incidents.states import IncidentState
from app.exams.seating.models import Seat
from app.exams.sessions.models import ExamSession
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application

READ = "exams.incidents.list_staff"
MOST = 500


def list_incidents(session: Session, examination_id: str) -> list[Incident]:
    """List an examination's incidents with sessions and people, the latest first."""
    query = (
        select(Incident)
        .where(Incident.examination_id == examination_id)
        .options(*_with_session(), selectinload(Incident.people))
        .order_by(Incident.happened_at.desc(), Incident.id.desc())
        .limit(MOST)
    )
    return list(session.scalars(query))


def get_incident(
    session: Session, incident_id: str, actor: Actor, *, permission: str = READ, lock: bool = False
) -> Incident:
    """Give an incident with all that belongs to it, or raise NotFound."""
    query = (
        select(Incident)
        .join(Incident.examination)
        .where(Incident.id == incident_id, visible_to(actor, permission))
        .options(
            contains_eager(Incident.examination).joinedload(Examination.agency),
            *_with_session(),
            joinedload(Incident.reporter),
            joinedload(Incident.proposer),
            joinedload(Incident.decider),
            selectinload(Incident.people)
            .joinedload(IncidentPerson.candidate)
            .joinedload(Candidate.application)
            .joinedload(Application.account),
        )
    )
    found = session.scalar(query.with_for_update(of=Incident) if lock else query)
    if found is None:
        raise NotFound("There is no such incident.")
    return found


def count_undecided(session: Session, examination_id: str) -> int:
    """Count the incidents of an examination that are not decided."""
    query = select(func.count()).where(
        Incident.examination_id == examination_id, Incident.state != IncidentState.DECIDED
    )
    return session.scalar(query) or 0


def load_candidates(session: Session, examination_id: str, numbers: Collection[str]) -> dict[str, str]:
    """Load the candidates of these numbers: id by number."""
    query = select(Candidate.number, Candidate.id).where(
        Candidate.examination_id == examination_id, Candidate.number.in_(sorted(numbers))
    )
    return dict(session.execute(query).all())


def list_seated(session: Session, session_id: str) -> list[str]:
    """List who sits in a session, by place."""
    query = select(Seat.candidate_id).where(Seat.session_id == session_id).order_by(Seat.place)
    return list(session.scalars(query))


def list_decided_of(session: Session, application_id: str) -> list[Incident]:
    """List the decided incidents that touched an application's candidate, the earliest first."""
    query = (
        select(Incident)
        .join(IncidentPerson, IncidentPerson.incident_id == Incident.id)
        .join(Candidate, Candidate.id == IncidentPerson.candidate_id)
        .where(Candidate.application_id == application_id, Incident.state == IncidentState.DECIDED)
        .order_by(Incident.decided_at, Incident.id)
    )
    return list(session.scalars(query))


def _with_session() -> tuple[ExecutableOption, ExecutableOption]:
    return (
        joinedload(Incident.session).joinedload(ExamSession.shift),
        joinedload(Incident.session).joinedload(ExamSession.room).joinedload(Room.centre),
    )
