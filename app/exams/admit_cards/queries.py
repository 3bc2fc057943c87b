"""Reading arrangements and whose admit card is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.exams.admit_cards.models import Arrangement
from app.exams.examinations.models import Candidate, Examination
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that stands on an admit card."""

    candidate: Candidate
    examination: Examination
    arrangement: Arrangement


def find_arrangement(session: Session, examination_id: str, *, lock: bool = False) -> Arrangement | None:
    """Find the arrangements of an examination."""
    query = select(Arrangement).where(Arrangement.examination_id == examination_id)
    return session.scalar(query.with_for_update() if lock else query)


def get_released(session: Session, examination_id: str) -> Arrangement:
    """Give released arrangements with examination and agency, for the job that tells the candidates."""
    query = (
        select(Arrangement)
        .where(Arrangement.examination_id == examination_id, Arrangement.released_at.is_not(None))
        .options(joinedload(Arrangement.examination).joinedload(Examination.agency))
    )
    return session.scalars(query).one()


def get_own_card(session: Session, application_id: str, actor: Actor) -> Card:
    """Give the actor's own admit card; NotFound until it is released."""
    query = (
        select(Candidate, Examination, Arrangement)
        .join(Candidate.application)
        .join(Examination, Examination.id == Candidate.examination_id)
        .join(Arrangement, Arrangement.examination_id == Examination.id)
        .where(
            Candidate.application_id == application_id,
            Application.account_id == actor.id,
            Arrangement.released_at.is_not(None),
        )
        .options(joinedload(Candidate.application), joinedload(Examination.agency))
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound(say("There is no admit card for this application yet."))
    return Card(*found)


def find_released(session: Session, application_id: str) -> Arrangement | None:
    """Find the released arrangements that an application's candidate has to keep."""
    query = (
        select(Arrangement)
        .join(Candidate, Candidate.examination_id == Arrangement.examination_id)
        .where(Candidate.application_id == application_id, Arrangement.released_at.is_not(None))
    )
    return session.scalar(query)


def count_candidates(session: Session, examination_id: str) -> int:
    """Count who will get an admit card."""
    query = select(func.count()).select_from(Candidate).where(Candidate.examination_id == examination_id)
    return session.scalar(query) or 0


def list_to_tell(session: Session, examination_id: str) -> list[Candidate]:
    """List the candidates with their accounts, by number."""
    query = (
        select(Candidate)
        .where(Candidate.examination_id == examination_id)
        .options(joinedload(Candidate.application).joinedload(Application.account))
        .order_by(Candidate.number)
    )
    return list(session.scalars(query))
