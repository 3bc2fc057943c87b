"""Reading the plan of seats, wishes, seats, and what the rule is given."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.exams.accommodations.models import Accommodation
from app.exams.accommodations.states import Need, RequestState
from app.exams.centres.models import Centre, Room
from app.exams.centres.queries import load_postcodes
from app.exams.centres.rules import clean_postcode
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.queries import visible_to
from app.exams.seating import rules
from app.exams.seating.models import CentreWish, Seat, SeatingPlan, SeatMove
from app.exams.sessions.models import ExamSession
from app.exams.sessions.queries import list_sessions, list_shifts, load_spare_minutes
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission

READ = "exams.seating.show"
PAGE = 25


@dataclass(frozen=True, slots=True)
class Material:
    """What the rule is given: people by number who have no seat, rooms, and where the centres lie."""

    people: list[rules.Person]
    rooms: list[rules.Room]
    centres: dict[str, rules.Place | None]
    ids: dict[str, str]


@dataclass(frozen=True, slots=True)
class Seated:
    """A candidate with the seat, if there is one."""

    candidate: Candidate
    seat: Seat | None


def find_plan(session: Session, examination_id: str, *, lock: bool = False) -> SeatingPlan | None:
    """Find the plan of an examination's seats; there is none while everyone is in one place."""
    query = select(SeatingPlan).where(SeatingPlan.examination_id == examination_id)
    return session.scalar(query.with_for_update() if lock else query)


def get_plan(session: Session, examination_id: str, *, lock: bool = False) -> SeatingPlan:
    """Give the plan of an examination's seats, or raise NotFound."""
    plan = find_plan(session, examination_id, lock=lock)
    if plan is None:
        raise NotFound(say("This examination is not held in sessions."))
    return plan


def count_seats(session: Session, examination_id: str) -> int:
    """Count the candidates who have a seat."""
    query = select(func.count()).select_from(Seat).join(Seat.candidate)
    return session.scalar(query.where(Candidate.examination_id == examination_id)) or 0


def count_unseated(session: Session, examination_id: str) -> int:
    """Count the candidates without a seat whose application still stands."""
    return session.scalar(select(func.count()).select_from(_unseated(examination_id).subquery())) or 0


def load_material(session: Session, examination: Examination) -> Material:
    """Load what the rule is given for everyone who has no seat yet."""
    rows = session.execute(_unseated(examination.id)).all()
    known = load_postcodes(session, examination.agency_id)
    wishes = _load_wishes(session, examination.id)
    needs, minutes = _load_needs(session, examination.id)
    people = [
        rules.Person(
            number,
            tuple(wishes.get(own, ())),
            known.get(clean_postcode(postcode or "")),
            frozenset(needs.get(own, ())),
            minutes.get(own, 0),
        )
        for own, number, postcode in rows
    ]
    rooms, centres = _load_rooms(session, examination.id)
    return Material(people, rooms, centres, {number: own for own, number, _ in rows})


def load_person(session: Session, examination: Examination, candidate_id: str) -> rules.Person:
    """Load one candidate as the rule sees them, seated or not."""
    query = (
        select(Candidate.number, Application.snapshot["contact"]["postcode"].as_string())
        .join(Application, Application.id == Candidate.application_id)
        .where(Candidate.id == candidate_id)
    )
    number, postcode = session.execute(query).one()
    wishes = _load_wishes(session, examination.id)
    needs, minutes = _load_needs(session, examination.id)
    return rules.Person(
        number,
        tuple(wishes.get(candidate_id, ())),
        load_postcodes(session, examination.agency_id).get(clean_postcode(postcode or "")),
        frozenset(needs.get(candidate_id, ())),
        minutes.get(candidate_id, 0),
    )


def load_places(session: Session, examination_id: str) -> dict[str, rules.Place | None]:
    """Load the centres of an examination's sessions by code, and where each lies."""
    return {row.room.centre.code: _place(row.room.centre) for row in list_sessions(session, examination_id)}


def list_offered(session: Session, examination_id: str) -> list[Centre]:
    """List the centres that an examination's candidates may name, by code."""
    query = (
        select(Centre)
        .where(
            exists()
            .where(Room.centre_id == Centre.id, ExamSession.room_id == Room.id)
            .where(ExamSession.examination_id == examination_id, ExamSession.is_apart.is_(False))
        )
        .order_by(Centre.code)
    )
    return list(session.scalars(query))


def list_wishes(session: Session, candidate_id: str) -> list[CentreWish]:
    """List the centres that a candidate named, first to last."""
    query = (
        select(CentreWish)
        .where(CentreWish.candidate_id == candidate_id)
        .options(joinedload(CentreWish.centre))
        .order_by(CentreWish.position)
    )
    return list(session.scalars(query))


def find_seat(session: Session, candidate_id: str, *, lock: bool = False) -> Seat | None:
    """Find a candidate's seat with session, shift, room and centre."""
    query = select(Seat).where(Seat.candidate_id == candidate_id).options(*_with_place())
    return session.scalar(query.with_for_update(of=Seat) if lock else query)


def list_seats(session: Session, session_id: str) -> list[Seat]:
    """List a session's seats with candidates and applications, by place."""
    query = (
        select(Seat)
        .join(Seat.candidate)
        .where(Seat.session_id == session_id)
        .options(contains_eager(Seat.candidate).joinedload(Candidate.application), *_with_place())
        .order_by(Seat.place)
    )
    return list(session.scalars(query))


def list_seated(
    session: Session, examination_id: str, *, text: str = "", session_id: str = "", after: str = ""
) -> tuple[list[Seated], str]:
    """List a page of candidates with their seats, by number, and where the next page begins."""
    query = (
        select(Candidate, Seat)
        .outerjoin(Seat, Seat.candidate_id == Candidate.id)
        .where(Candidate.examination_id == examination_id)
        .options(*_with_place())
        .order_by(Candidate.number)
        .limit(PAGE + 1)
    )
    if text:
        query = query.where(func.lower(Candidate.number).contains(text.lower(), autoescape=True))
    if session_id == "none":
        query = query.where(Seat.candidate_id.is_(None))
    elif session_id:
        query = query.where(Seat.session_id == session_id)
    if after:
        query = query.where(Candidate.number > after)
    rows = [Seated(candidate, seat) for candidate, seat in session.execute(query)]
    return rows[:PAGE], rows[PAGE - 1].candidate.number if len(rows) > PAGE else ""


def get_candidate(
    session: Session, candidate_id: str, actor: Actor, *, permission: str
) -> tuple[Candidate, Examination]:
    """Give a candidate with application, and the examination with agency; NotFound outside one's agencies."""
    query = (
        select(Candidate, Examination)
        .join(Examination, Examination.id == Candidate.examination_id)
        .where(Candidate.id == candidate_id, visible_to(actor, permission))
        .options(joinedload(Candidate.application), joinedload(Examination.agency))
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound("There is no such candidate.")
    return found[0], found[1]


def list_moves(session: Session, candidate_id: str) -> list[SeatMove]:
    """List how a candidate's seat was changed by hand, the latest first."""
    query = (
        select(SeatMove)
        .where(SeatMove.candidate_id == candidate_id)
        .options(joinedload(SeatMove.mover))
        .order_by(SeatMove.moved_at.desc(), SeatMove.id.desc())
    )
    return list(session.scalars(query))


def load_taken(session: Session, session_id: str) -> set[int]:
    """Load the places of a session that are given."""
    return set(session.scalars(select(Seat.place).where(Seat.session_id == session_id)))


def _unseated(examination_id: str) -> Select[str, str, str | None]:
    return (
        select(Candidate.id, Candidate.number, Application.snapshot["contact"]["postcode"].as_string())
        .join(Application, Application.id == Candidate.application_id)
        .where(
            Candidate.examination_id == examination_id,
            Application.submission == Submission.SUBMITTED,
            ~exists().where(Seat.candidate_id == Candidate.id),
        )
        .order_by(Candidate.number)
    )


def _load_wishes(session: Session, examination_id: str) -> dict[str, list[str]]:
    query = (
        select(CentreWish.candidate_id, Centre.code)
        .join(Centre, Centre.id == CentreWish.centre_id)
        .join(Candidate, Candidate.id == CentreWish.candidate_id)
        .where(Candidate.examination_id == examination_id)
        .order_by(CentreWish.candidate_id, CentreWish.position)
    )
    found: dict[str, list[str]] = {}
    for candidate_id, code in session.execute(query):
        found.setdefault(candidate_id, []).append(code)
    return found


def _load_needs(session: Session, examination_id: str) -> tuple[dict[str, set[str]], dict[str, int]]:
    query = select(Accommodation.candidate_id, Accommodation.need, Accommodation.extra_minutes).where(
        Accommodation.examination_id == examination_id, Accommodation.state == RequestState.GRANTED
    )
    needs: dict[str, set[str]] = {}
    minutes: dict[str, int] = {}
    for candidate_id, need, extra in session.execute(query):
        needs.setdefault(candidate_id, set()).add(need.value)
        if need is Need.EXTRA_TIME:
            minutes[candidate_id] = extra or 0
    return needs, minutes


def _load_rooms(
    session: Session, examination_id: str
) -> tuple[list[rules.Room], dict[str, rules.Place | None]]:
    shifts = {row.id: place for place, row in enumerate(list_shifts(session, examination_id))}
    spare, private = load_spare_minutes(session, examination_id), _load_private(session, examination_id)
    taken: dict[str, set[int]] = {}
    query = select(Seat.session_id, Seat.place).join(Seat.session)
    for own, place in session.execute(query.where(ExamSession.examination_id == examination_id)):
        taken.setdefault(own, set()).add(place)
    sessions = list_sessions(session, examination_id)
    rooms = [
        rules.Room(
            row.id,
            row.room.centre.code,
            row.room.code,
            shifts[row.shift_id],
            row.capacity,
            min(row.room.accessible_seats, row.capacity),
            row.is_apart,
            spare.get(row.id),
            frozenset(taken.get(row.id, ())),
            row.id in private,
        )
        for row in sessions
    ]
    return rooms, {row.room.centre.code: _place(row.room.centre) for row in sessions}


def _load_private(session: Session, examination_id: str) -> set[str]:
    """Load the sessions in which somebody sits alone."""
    query = (
        select(Seat.session_id)
        .join(Accommodation, Accommodation.candidate_id == Seat.candidate_id)
        .where(
            Accommodation.examination_id == examination_id,
            Accommodation.state == RequestState.GRANTED,
            Accommodation.need.in_((Need.OWN_ROOM, Need.READER)),
        )
    )
    return set(session.scalars(query))


def _place(centre: Centre) -> rules.Place | None:
    if centre.latitude is None or centre.longitude is None:
        return None
    return centre.latitude, centre.longitude


def _with_place() -> tuple[ExecutableOption, ExecutableOption]:
    return (
        joinedload(Seat.session).joinedload(ExamSession.shift),
        joinedload(Seat.session).joinedload(ExamSession.room).joinedload(Room.centre),
    )
