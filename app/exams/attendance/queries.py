"""Reading who came, and who has to be asked about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.exams.admit_cards.models import Arrangement
from app.exams.attendance.models import AttendanceMark, IdentityDoubt
from app.exams.attendance.states import DoubtState
from app.exams.centres.models import Room
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.queries import visible_to
from app.exams.examinations.states import Attendance
from app.exams.seating.models import Seat
from app.exams.sessions.models import ExamSession
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application

READ = "exams.attendance.show_session"
MOST = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate on a roll: the seat if there is one, and whether a doubt stands open."""

    candidate: Candidate
    seat: Seat | None
    has_doubt: bool

    def doors(self, arrangement: Arrangement | None) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Give when the doors open and close for this candidate, as far as that is known."""
        if self.seat is not None:
            return self.seat.session.shift.doors_open_at, self.seat.session.shift.doors_close_at
        return (arrangement.doors_open_at, arrangement.doors_close_at) if arrangement else (None, None)


def list_roll(session: Session, examination_id: str, *, session_id: str = "") -> list[Row]:
    """List who sits in a session by place, or (without one) who has no seat by number."""
    query = _rows().where(Candidate.examination_id == examination_id)
    if session_id:
        query = query.where(Seat.session_id == session_id).order_by(Seat.place)
    else:
        query = query.where(Seat.candidate_id.is_(None)).order_by(Candidate.number)
    return [Row(*found) for found in session.execute(query.limit(MOST))]


def find_row(session: Session, examination: str, number: str, actor: Actor, *, permission: str) -> Row | None:
    """Find a candidate by the examination's number ("" for any that is held) and their own."""
    query = (
        _rows()
        .join(Examination, Examination.id == Candidate.examination_id)
        .where(Candidate.number == number, visible_to(actor, permission))
    )
    if examination:
        query = query.where(Examination.number == examination)
    found = session.execute(query.order_by(Examination.held_on.desc()).limit(1)).first()
    return Row(*found) if found else None


def get_row(session: Session, candidate_id: str) -> Row:
    """Give a candidate with the seat; the caller has looked whether it may be seen."""
    return Row(*session.execute(_rows().where(Candidate.id == candidate_id)).one())


def load_numbers(session: Session, examination_id: str) -> dict[str, str]:
    """Load the candidates of an examination: id by number."""
    query = select(Candidate.number, Candidate.id).where(Candidate.examination_id == examination_id)
    return dict(session.execute(query).all())


def list_marks(session: Session, candidate_id: str) -> list[AttendanceMark]:
    """List how a candidate was marked, the latest first."""
    query = (
        select(AttendanceMark)
        .where(AttendanceMark.candidate_id == candidate_id)
        .options(joinedload(AttendanceMark.marker))
        .order_by(AttendanceMark.marked_at.desc(), AttendanceMark.id.desc())
    )
    return list(session.scalars(query))


def list_doubts(session: Session, candidate_id: str) -> list[IdentityDoubt]:
    """List the doubts about a candidate's identity, the latest first."""
    query = (
        select(IdentityDoubt)
        .where(IdentityDoubt.candidate_id == candidate_id)
        .options(joinedload(IdentityDoubt.raiser), joinedload(IdentityDoubt.settler))
        .order_by(IdentityDoubt.raised_at.desc(), IdentityDoubt.id.desc())
    )
    return list(session.scalars(query))


def get_doubt(session: Session, doubt_id: str, actor: Actor, *, permission: str) -> IdentityDoubt:
    """Give a doubt, locked, with the candidate, or raise NotFound."""
    query = (
        select(IdentityDoubt)
        .join(IdentityDoubt.candidate)
        .join(Examination, Examination.id == Candidate.examination_id)
        .where(IdentityDoubt.id == doubt_id, visible_to(actor, permission))
        .options(contains_eager(IdentityDoubt.candidate))
        .with_for_update(of=IdentityDoubt)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such doubt.")
    return found


def load_latest(session: Session, examination_id: str) -> dict[str, AttendanceMark]:
    """Load each candidate's latest mark, by candidate id."""
    latest = (
        select(AttendanceMark.candidate_id, func.max(AttendanceMark.marked_at).label("at"))
        .join(Candidate, Candidate.id == AttendanceMark.candidate_id)
        .where(Candidate.examination_id == examination_id)
        .group_by(AttendanceMark.candidate_id)
        .subquery()
    )
    query = (
        select(AttendanceMark)
        .join(
            latest,
            (latest.c.candidate_id == AttendanceMark.candidate_id)
            & (latest.c.at == AttendanceMark.marked_at),
        )
        .options(joinedload(AttendanceMark.marker))
        .order_by(AttendanceMark.id)
    )
    return {mark.candidate_id: mark for mark in session.scalars(query)}


def _rows() -> Select[Candidate, Seat | None, bool]:
    is_doubted = exists().where(
        IdentityDoubt.candidate_id == Candidate.id, IdentityDoubt.state == DoubtState.OPEN
    )
    return (
        select(Candidate, Seat, is_doubted)
        .join(Candidate.application)
        .outerjoin(Seat, Seat.candidate_id == Candidate.id)
        .options(
            contains_eager(Candidate.application).joinedload(Application.account),
            joinedload(Seat.session).joinedload(ExamSession.shift),
            joinedload(Seat.session).joinedload(ExamSession.room).joinedload(Room.centre),
        )
    )


def find_by_id(session: Session, candidate_id: str, actor: Actor, *, permission: str) -> Row | None:
    """Find a candidate of one's agencies."""
    query = (
        _rows()
        .join(Examination, Examination.id == Candidate.examination_id)
        .where(Candidate.id == candidate_id[:40].replace("\0", ""), visible_to(actor, permission))
    )
    found = session.execute(query).first()
    return Row(*found) if found else None


def count_present_unseated(session: Session, examination_id: str) -> int:
    """Count the candidates who came and have no seat."""
    query = (
        select(func.count())
        .select_from(Candidate)
        .outerjoin(Seat, Seat.candidate_id == Candidate.id)
        .where(
            Candidate.examination_id == examination_id,
            Candidate.attendance == Attendance.PRESENT,
            Seat.candidate_id.is_(None),
        )
    )
    return session.scalar(query) or 0
