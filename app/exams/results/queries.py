"""Reading a candidate's own result, and what letters and standings are made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import String, case, cast, or_, select
from sqlalchemy.orm import Session, joinedload

from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.states import Attendance
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Standing

# As many letters are checked, frozen and stored in one transaction.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far letters are promised: everyone on the list up to a place, then absentees up to a number."""

    place: int = 0
    number: str = ""
    done: int = 0


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


def load_outcomes(session: Session, list_id: str) -> list[tuple[str, bool]]:
    """Load each application on a list and whether it passed, in order."""
    rows = session.execute(
        select(MeritListEntry.application_id, MeritListEntry.is_passed)
        .where(MeritListEntry.list_id == list_id)
        .order_by(MeritListEntry.place)
    )
    return [(own, is_passed) for own, is_passed in rows]


def list_to_move(session: Session, list_id: str) -> list[tuple[str, bool]]:
    """List the applications that do not say what a list says of them, each with whether it passed, in order.

    Of a correction these are few.
    """
    says = case((MeritListEntry.is_passed, Standing.PASSED.value), else_=Standing.FAILED.value)
    rows = session.execute(
        select(Application.id, MeritListEntry.is_passed)
        .join(Application, Application.id == MeritListEntry.application_id)
        .where(
            MeritListEntry.list_id == list_id,
            or_(Application.assessment != Assessment.SCORED, cast(Application.standing, String) != says),
        )
        .order_by(MeritListEntry.place)
    )
    return [(own, is_passed) for own, is_passed in rows]


def list_next_entries(session: Session, list_id: str, after: Cursor) -> list[MeritListEntry]:
    """List the next entries after a place with their applications, a batch at most."""
    query = (
        select(MeritListEntry)
        .where(MeritListEntry.list_id == list_id, MeritListEntry.place > after.place)
        .options(joinedload(MeritListEntry.application))
        .order_by(MeritListEntry.place)
        .limit(BATCH)
    )
    return list(session.scalars(query))


def list_next_absent(session: Session, examination_id: str, after: Cursor) -> tuple[list[Application], str]:
    """List the next absent candidates' applications by candidate number, and the number of the last."""
    query = (
        select(Application, Candidate.number)
        .join(Candidate, Candidate.application_id == Application.id)
        .where(
            Candidate.examination_id == examination_id,
            Candidate.attendance == Attendance.ABSENT,
            Candidate.number > after.number,
        )
        .order_by(Candidate.number)
        .limit(BATCH)
    )
    rows = session.execute(query).all()
    return [application for application, _ in rows], rows[-1][1] if rows else ""


def load_earlier(
    session: Session, list_id: str, application_ids: Collection[str]
) -> dict[str, tuple[str, int, int, int | None]]:
    """Load shown score, exact score over its denominator, and rank of these applications on a list."""
    rows = session.execute(
        select(
            MeritListEntry.application_id,
            MeritListEntry.derivation["score"].as_string(),
            MeritListEntry.final,
            MeritListEntry.denominator,
            MeritListEntry.rank,
        ).where(MeritListEntry.list_id == list_id, MeritListEntry.application_id.in_(application_ids))
    )
    return {own: (shown, final, denominator, rank) for own, shown, final, denominator, rank in rows}


def list_unmarked_absent(session: Session, examination_id: str) -> list[str]:
    """List the applications of absent candidates that do not say so yet, by candidate number."""
    query = (
        select(Application.id)
        .join(Candidate, Candidate.application_id == Application.id)
        .where(
            Candidate.examination_id == examination_id,
            Candidate.attendance == Attendance.ABSENT,
            Application.assessment != Assessment.ABSENT,
        )
        .order_by(Candidate.number)
    )
    return list(session.scalars(query))
