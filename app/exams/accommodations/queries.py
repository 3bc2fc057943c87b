"""Reading requests for accommodations."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.exams.accommodations.models import Accommodation
from app.exams.accommodations.states import RequestState
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.queries import visible_to
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application

READ = "exams.accommodations.list_staff"
MOST = 500


def count_waiting(session: Session, examination_id: str) -> int:
    """Count the requests of an examination that wait for a decision."""
    query = select(func.count()).where(
        Accommodation.examination_id == examination_id, Accommodation.state == RequestState.REQUESTED
    )
    return session.scalar(query) or 0


def list_requests(session: Session, examination_id: str) -> list[Accommodation]:
    """List the requests of an examination with candidates, those that wait first, the oldest first."""
    query = (
        select(Accommodation)
        .where(Accommodation.examination_id == examination_id)
        .options(joinedload(Accommodation.candidate))
        .order_by(
            (Accommodation.state != RequestState.REQUESTED), Accommodation.requested_at, Accommodation.id
        )
        .limit(MOST)
    )
    return list(session.scalars(query))


def get_request(
    session: Session, request_id: str, actor: Actor, *, permission: str = READ, lock: bool = False
) -> Accommodation:
    """Give a request with candidate, examination, agency and who decided, or raise NotFound."""
    query = (
        select(Accommodation)
        .join(Accommodation.examination)
        .where(Accommodation.id == request_id, visible_to(actor, permission))
        .options(
            contains_eager(Accommodation.examination).joinedload(Examination.agency),
            joinedload(Accommodation.candidate)
            .joinedload(Candidate.application)
            .joinedload(Application.account),
            joinedload(Accommodation.decider),
        )
    )
    found = session.scalar(query.with_for_update(of=Accommodation) if lock else query)
    if found is None:
        raise NotFound("There is no such request.")
    return found


def list_own(session: Session, candidate_id: str) -> list[Accommodation]:
    """List what a candidate asked for, in order of asking."""
    query = (
        select(Accommodation)
        .where(Accommodation.candidate_id == candidate_id)
        .order_by(Accommodation.requested_at, Accommodation.id)
    )
    return list(session.scalars(query))


def get_own(session: Session, request_id: str, actor: Actor, *, lock: bool = False) -> Accommodation:
    """Give the actor's own request with candidate and examination, or raise NotFound."""
    query = (
        select(Accommodation)
        .join(Accommodation.candidate)
        .join(Candidate.application)
        .where(Accommodation.id == request_id, Application.account_id == actor.id)
        .options(contains_eager(Accommodation.candidate), joinedload(Accommodation.examination))
    )
    found = session.scalar(query.with_for_update(of=Accommodation) if lock else query)
    if found is None:
        raise NotFound(say("There is no such request."))
    return found
