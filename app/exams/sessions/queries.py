"""Reading shifts and sessions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.exams.centres.models import Centre, Room
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.queries import visible_to
from app.exams.seating.models import Seat
from app.exams.sessions.models import ExamSession, Shift
from app.exams.sessions.rules import Use
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "exams.sessions.list_staff"


@dataclass(frozen=True, slots=True)
class Filled:
    """How many people sit in a session, and the highest place that is given."""

    people: int = 0
    last: int = 0


def has_sessions(session: Session, examination_id: str) -> bool:
    """Tell whether an examination is held in sessions; without them everyone is in one place."""
    return session.scalar(select(Shift.id).where(Shift.examination_id == examination_id).limit(1)) is not None


def list_shifts(session: Session, examination_id: str) -> list[Shift]:
    """List the shifts of an examination, the earliest first."""
    query = select(Shift).where(Shift.examination_id == examination_id).order_by(Shift.starts_at, Shift.id)
    return list(session.scalars(query))


def list_sessions(session: Session, examination_id: str) -> list[ExamSession]:
    """List the sessions of an examination with shift, room and centre, by time, centre and room."""
    query = (
        select(ExamSession)
        .join(ExamSession.shift)
        .join(ExamSession.room)
        .join(Room.centre)
        .where(ExamSession.examination_id == examination_id)
        .options(
            contains_eager(ExamSession.shift),
            contains_eager(ExamSession.room).contains_eager(Room.centre),
        )
        .order_by(Shift.starts_at, Centre.code, Room.code, ExamSession.id)
    )
    return list(session.scalars(query))


def get_shift(session: Session, shift_id: str, actor: Actor, *, permission: str) -> tuple[Shift, Examination]:
    """Give a shift with its examination and agency, or raise NotFound."""
    query = (
        select(Shift, Examination)
        .join(Examination, Examination.id == Shift.examination_id)
        .where(Shift.id == shift_id, visible_to(actor, permission))
        .options(joinedload(Examination.agency))
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound("There is no such shift.")
    return found[0], found[1]


def get_session(
    session: Session, session_id: str, actor: Actor, *, permission: str = READ, lock: bool = False
) -> ExamSession:
    """Give a session with examination, agency, shift, room and centre, or raise NotFound."""
    query = (
        select(ExamSession)
        .join(ExamSession.examination)
        .where(ExamSession.id == session_id, visible_to(actor, permission))
        .options(
            contains_eager(ExamSession.examination).joinedload(Examination.agency),
            joinedload(ExamSession.shift),
            joinedload(ExamSession.room).joinedload(Room.centre),
        )
    )
    found = session.scalar(query.with_for_update(of=ExamSession) if lock else query)
    if found is None:
        raise NotFound("There is no such session.")
    return found


def load_filled(session: Session, examination_id: str) -> dict[str, Filled]:
    """Load how far each session of an examination is filled; empty ones are left out."""
    query = (
        select(Seat.session_id, func.count(), func.max(Seat.place))
        .join(ExamSession, ExamSession.id == Seat.session_id)
        .where(ExamSession.examination_id == examination_id)
        .group_by(Seat.session_id)
    )
    return {own: Filled(people, last) for own, people, last in session.execute(query)}


def load_uses(session: Session, room_id: str, *, but: str = "", but_shift: str = "") -> list[Use]:
    """Load when a room is used, by any examination; one session or the sessions of one shift left out."""
    query = (
        select(Shift.doors_open_at, Shift.ends_at, Examination.number, Shift.name)
        .join(ExamSession, ExamSession.shift_id == Shift.id)
        .join(Examination, Examination.id == Shift.examination_id)
        .where(ExamSession.room_id == room_id, ExamSession.id != but, Shift.id != but_shift)
        .order_by(Shift.doors_open_at)
    )
    return [Use(begins, ends, f"{number}, {name}") for begins, ends, number, name in session.execute(query)]


def load_spare_minutes(session: Session, examination_id: str) -> dict[str, int]:
    """Load the minutes between each session's end and the next use of its room; one without is left out."""
    own, other, next_shift = ExamSession, select(ExamSession).subquery(), select(Shift).subquery()
    query = (
        select(own.id, Shift.ends_at, func.min(next_shift.c.doors_open_at))
        .join(Shift, Shift.id == own.shift_id)
        .join(other, other.c.room_id == own.room_id)
        .join(next_shift, next_shift.c.id == other.c.shift_id)
        .where(own.examination_id == examination_id, next_shift.c.doors_open_at >= Shift.ends_at)
        .group_by(own.id, Shift.ends_at)
    )
    return {
        own_id: int((following - ends).total_seconds()) // 60
        for own_id, ends, following in session.execute(query)
    }


def load_session_names(session: Session, examination_id: str) -> dict[str, str]:
    """Load the name of each seated candidate's session: centre, room and shift."""
    query = (
        select(Seat.candidate_id, Centre.code, Room.code, Shift.name)
        .join(Candidate, Candidate.id == Seat.candidate_id)
        .join(ExamSession, ExamSession.id == Seat.session_id)
        .join(Shift, Shift.id == ExamSession.shift_id)
        .join(Room, Room.id == ExamSession.room_id)
        .join(Centre, Centre.id == Room.centre_id)
        .where(Candidate.examination_id == examination_id)
    )
    return {own: f"{centre}, {room}, {shift}" for own, centre, room, shift in session.execute(query)}


def load_centres_of(session: Session, examination_id: str) -> dict[str, str]:
    """Load the code of each seated candidate's centre."""
    query = (
        select(Seat.candidate_id, Centre.code)
        .join(Candidate, Candidate.id == Seat.candidate_id)
        .join(ExamSession, ExamSession.id == Seat.session_id)
        .join(Room, Room.id == ExamSession.room_id)
        .join(Centre, Centre.id == Room.centre_id)
        .where(Candidate.examination_id == examination_id)
    )
    return dict(session.execute(query).all())
