"""Reading examinations, their candidates and what they still need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.states import Attendance, ExaminationState
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Screening, Submission
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState

READ = "exams.examinations.list_staff"
PAGE = 25
MOST_POSTINGS = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of examinations is narrowed to; empty values narrow nothing."""

    state: ExaminationState | None = None
    text: str = ""
    before: str = ""


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition that keeps examinations to the agencies in which the actor may read them."""
    return scope.within(Examination.agency_id, actor, permission)


def get_examination(
    session: Session, examination_id: str, actor: Actor, *, permission: str = READ, lock: bool = False
) -> Examination:
    """Give an examination with agency, posting and items; NotFound outside the actor's agencies."""
    query = (
        select(Examination)
        .where(Examination.id == examination_id, visible_to(actor, permission))
        .options(
            selectinload(Examination.agency),
            selectinload(Examination.posting),
            selectinload(Examination.items),
        )
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("There is no such examination.")
    return found


def find_by_number(session: Session, number: str, actor: Actor) -> Examination:
    """Give an examination by its public number, or raise NotFound."""
    own = session.scalar(select(Examination.id).where(Examination.number == number))
    return get_examination(session, own or "", actor)


def list_examinations(
    session: Session, actor: Actor, filters: Filters, *, size: int = PAGE
) -> tuple[list[Examination], str]:
    """List a page of examinations, newest first, and the id that the next page begins after ("" at the end).

    They come with agency and posting.
    """
    query = (
        select(Examination)
        .where(visible_to(actor))
        .options(joinedload(Examination.agency), joinedload(Examination.posting))
        .order_by(Examination.id.desc())
        .limit(size + 1)
    )
    if filters.state:
        query = query.where(Examination.state == filters.state)
    if filters.text:
        text = filters.text.lower()
        title, number = func.lower(Examination.title), func.lower(Examination.number)
        query = query.where(title.contains(text, autoescape=True) | number.contains(text, autoescape=True))
    if filters.before:
        query = query.where(Examination.id < filters.before)
    rows = list(session.scalars(query))
    return rows[:size], rows[size - 1].id if len(rows) > size else ""


def count_candidates_of(session: Session, examination_ids: Sequence[str]) -> dict[str, int]:
    """Count the candidates of each of these examinations; one without any is left out."""
    rows = session.execute(
        select(Candidate.examination_id, func.count())
        .where(Candidate.examination_id.in_(examination_ids))
        .group_by(Candidate.examination_id)
    )
    return dict(rows.all())


def list_postings_to_examine(session: Session, actor: Actor) -> list[Posting]:
    """List the closed postings that the actor may make an examination for, latest closed first."""
    agencies = actor.agencies("exams.examinations.create")
    query = select(Posting).where(
        Posting.state == PostingState.CLOSED,
        Posting.rulebook.is_not(None),
        ~exists().where(Examination.posting_id == Posting.id),
        exists().where(Application.posting_id == Posting.id, Application.submission == Submission.SUBMITTED),
    )
    if agencies is not None:
        query = query.where(Posting.agency_id.in_(agencies))
    return list(session.scalars(query.order_by(Posting.closed_at.desc(), Posting.id).limit(MOST_POSTINGS)))


def get_posting_to_examine(session: Session, posting_id: str, actor: Actor) -> Posting:
    """Give a posting, locked, in whose agency the actor may make examinations, or raise NotFound."""
    agencies = actor.agencies("exams.examinations.create")
    query = select(Posting).where(Posting.id == posting_id)
    if agencies is not None:
        query = query.where(Posting.agency_id.in_(agencies))
    posting = session.scalar(query.options(selectinload(Posting.agency)).with_for_update())
    if posting is None:
        raise NotFound("There is no such vacancy.")
    return posting


def list_unregistered(session: Session, posting_id: str) -> list[str]:
    """List the ids of submitted, eligible applications that have no candidate number yet, by id."""
    return list(
        session.scalars(
            select(Application.id)
            .where(
                Application.posting_id == posting_id,
                Application.submission == Submission.SUBMITTED,
                Application.screening == Screening.ELIGIBLE,
                ~exists().where(Candidate.application_id == Application.id),
            )
            .order_by(Application.id)
        )
    )


def count_candidates(session: Session, examination_id: str) -> int:
    """Count the candidates of an examination."""
    return session.scalar(select(func.count()).where(Candidate.examination_id == examination_id)) or 0


def count_attendance(session: Session, examination_id: str) -> dict[Attendance, int]:
    """Count the candidates by attendance, each state named."""
    rows = session.execute(
        select(Candidate.attendance, func.count())
        .where(Candidate.examination_id == examination_id)
        .group_by(Candidate.attendance)
    )
    counts = dict(rows.all())
    return {attendance: counts.get(attendance, 0) for attendance in Attendance}


def list_candidates(
    session: Session,
    examination_id: str,
    *,
    text: str = "",
    attendance: Attendance | None = None,
    after: str = "",
    size: int = PAGE,
) -> tuple[list[Candidate], str]:
    """List a page of candidates by number, and the number that the next page begins after ("" at the end)."""
    query = (
        select(Candidate)
        .where(Candidate.examination_id == examination_id)
        .order_by(Candidate.number)
        .limit(size + 1)
    )
    if text:
        query = query.where(func.lower(Candidate.number).contains(text.lower(), autoescape=True))
    if attendance:
        query = query.where(Candidate.attendance == attendance)
    if after:
        query = query.where(Candidate.number > after)
    rows = list(session.scalars(query))
    return rows[:size], rows[size - 1].number if len(rows) > size else ""
