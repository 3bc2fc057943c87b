"""Reading where and when candidates have to be, and whose admit card is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.exams.admit_cards.models import Arrangement
from app.exams.centres.models import Room
from app.exams.centres.rules import place_name
from app.exams.examinations.models import Candidate, Examination
from app.exams.photographs.queries import load_digests
from app.exams.seating.models import Seat, SeatingPlan
from app.exams.sessions.models import ExamSession
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where and when a candidate has to be; room, seat and shift are empty where everyone is in one place.

    `minutes` counts the extra ones that were granted.
    """

    venue: str
    address: str
    doors_open_at: dt.datetime
    doors_close_at: dt.datetime
    starts_at: dt.datetime
    minutes: int
    bring: str
    released_at: dt.datetime | None
    room: str = ""
    directions: str = ""
    seat: str = ""
    shift: str = ""
    extra_minutes: int = 0

    @classmethod
    def of_arrangement(cls, row: Arrangement) -> Meeting:
        """Give what is so for everyone in one place."""
        names = ("venue", "address", "doors_open_at", "doors_close_at", "starts_at", "minutes", "bring")
        return cls(**{name: getattr(row, name) for name in (*names, "released_at")})

    @classmethod
    def of_seat(cls, row: Seat, plan: SeatingPlan) -> Meeting:
        """Give what is so for one seat; session, shift, room and centre must be loaded."""
        shift, room = row.session.shift, row.session.room
        length = int((shift.ends_at - shift.starts_at).total_seconds()) // 60
        return cls(
            venue=f"{room.centre.name} ({room.centre.code})",
            address=room.centre.address,
            doors_open_at=shift.doors_open_at,
            doors_close_at=shift.doors_close_at,
            starts_at=shift.starts_at,
            minutes=length + row.extra_minutes,
            bring=plan.bring,
            released_at=plan.released_at,
            room=room.code,
            directions=room.directions,
            seat=place_name(row.place, room.seats_per_row),
            shift=shift.name,
            extra_minutes=row.extra_minutes,
        )


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that stands on an admit card; `photograph` is the digest of the file, or empty."""

    candidate: Candidate
    examination: Examination
    meeting: Meeting
    photograph: str = ""


def find_arrangement(session: Session, examination_id: str, *, lock: bool = False) -> Arrangement | None:
    """Find the arrangements of an examination whose candidates are in one place."""
    query = select(Arrangement).where(Arrangement.examination_id == examination_id)
    return session.scalar(query.with_for_update() if lock else query)


def load_meetings(session: Session, *wanted: ColumnElement[bool]) -> dict[str, Meeting]:
    """Load released meetings by candidate id; `wanted` are conditions on candidates and applications."""
    in_one_place = (
        select(Candidate.id, Arrangement)
        .join(Candidate.application)
        .join(Arrangement, Arrangement.examination_id == Candidate.examination_id)
        .where(Arrangement.released_at.is_not(None), *wanted)
    )
    found = {own: Meeting.of_arrangement(row) for own, row in session.execute(in_one_place)}
    seated = (
        select(Seat, SeatingPlan)
        .join(Seat.candidate)
        .join(Candidate.application)
        .join(SeatingPlan, SeatingPlan.examination_id == Candidate.examination_id)
        .where(SeatingPlan.released_at.is_not(None), *wanted)
        .options(*_with_place())
    )
    return found | {row.candidate_id: Meeting.of_seat(row, plan) for row, plan in session.execute(seated)}


def get_own_card(session: Session, application_id: str, actor: Actor) -> Card:
    """Give the actor's own admit card; NotFound until it is released."""
    query = (
        select(Candidate, Examination)
        .join(Candidate.application)
        .join(Examination, Examination.id == Candidate.examination_id)
        .where(Candidate.application_id == application_id, Application.account_id == actor.id)
        .options(contains_eager(Candidate.application), joinedload(Examination.agency))
    )
    found = session.execute(query).first()
    meeting = load_meetings(session, Candidate.id == found[0].id).get(found[0].id) if found else None
    if found is None or meeting is None:
        raise NotFound(say("There is no admit card for this application yet."))
    photographs = load_digests(session, [str(actor.id)])
    return Card(found[0], found[1], meeting, photographs.get(str(actor.id), ""))


def find_released(session: Session, application_id: str) -> Meeting | None:
    """Find the released meeting that an application's candidate has to keep."""
    found = load_meetings(session, Candidate.application_id == application_id)
    return next(iter(found.values()), None)


def list_cards(session: Session, row: ExamSession) -> list[Card]:
    """List the cards of a session by place, released or not; examination and agency must be loaded."""
    plan = session.get_one(SeatingPlan, row.examination_id)
    query = (
        select(Seat)
        .join(Seat.candidate)
        .where(Seat.session_id == row.id)
        .options(contains_eager(Seat.candidate).joinedload(Candidate.application), *_with_place())
        .order_by(Seat.place)
    )
    seats = list(session.scalars(query))
    photographs = load_digests(session, {seat.candidate.application.account_id for seat in seats})
    return [
        Card(
            seat.candidate,
            row.examination,
            Meeting.of_seat(seat, plan),
            photographs.get(seat.candidate.application.account_id, ""),
        )
        for seat in seats
    ]


def count_candidates(session: Session, examination_id: str) -> int:
    """Count who will get an admit card."""
    query = select(func.count()).select_from(Candidate).where(Candidate.examination_id == examination_id)
    return session.scalar(query) or 0


def list_to_tell(session: Session, examination_id: str, candidate_ids: Sequence[str] = ()) -> list[Candidate]:
    """List all candidates, or those named, with their accounts, by number."""
    query = (
        select(Candidate)
        .where(Candidate.examination_id == examination_id)
        .options(joinedload(Candidate.application).joinedload(Application.account))
        .order_by(Candidate.number)
    )
    wanted = set(candidate_ids)
    return [row for row in session.scalars(query) if not wanted or row.id in wanted]


def get_examination(session: Session, examination_id: str) -> Examination:
    """Give an examination with its agency, for the job that tells the candidates."""
    query = select(Examination).where(Examination.id == examination_id)
    return session.scalars(query.options(joinedload(Examination.agency))).one()


def _with_place() -> tuple[ExecutableOption, ExecutableOption]:
    return (
        joinedload(Seat.session).joinedload(ExamSession.shift),
        joinedload(Seat.session).joinedload(ExamSession.room).joinedload(Room.centre),
    )
