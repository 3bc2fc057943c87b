"""Examinations in sessions: one that was held in two centres and two shifts, one that is being prepared."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import attending, letters, places
from app.demonstration.office import Office
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.accommodations import services as accommodations
from app.exams.accommodations.models import Accommodation
from app.exams.accommodations.states import Need
from app.exams.admit_cards import services as admit_cards
from app.exams.centres import services as centres
from app.exams.centres.models import Centre, Room
from app.exams.examinations.models import Candidate
from app.exams.seating import services as seating
from app.exams.sessions import services as sessions
from app.platform import clock
from app.platform.actors import Actor
from app.recruitment.applications.models import Application

ZONE = places.ZONES[places.MAIN]
HALLS = """centre,name,address,latitude,longitude,room,directions,capacity,seats per row,accessible seats
NORTH,Larkhaven Technical School,"18 Foundry Lane, Larkhaven",43.1502,-70.6521,A1,Ground floor,42,6,4
NORTH,Larkhaven Technical School,"18 Foundry Lane, Larkhaven",43.1502,-70.6521,A2,Ground floor,42,6,4
NORTH,Larkhaven Technical School,"18 Foundry Lane, Larkhaven",43.1502,-70.6521,B1,First floor,40,8,0
NORTH,Larkhaven Technical School,"18 Foundry Lane, Larkhaven",43.1502,-70.6521,K1,Beside the office,4,2,4
SOUTH,Harbor Street Hall,"40 Harbor Street, Larkhaven",43.1187,-70.6648,East,Through the yard,56,8,8
SOUTH,Harbor Street Hall,"40 Harbor Street, Larkhaven",43.1187,-70.6648,West,Through the yard,56,8,8
SOUTH,Harbor Street Hall,"40 Harbor Street, Larkhaven",43.1187,-70.6648,K2,Behind the stage,6,3,6
"""
POSTCODES = """postcode,latitude,longitude
00140,43.1201,-70.6650
00141,43.1310,-70.6610
00142,43.1422,-70.6588
00145,43.1490,-70.6540
00177,43.1755,-70.6320
00152,43.1044,-70.6802
00158,43.1611,-70.6433
00161,43.1299,-70.7015
"""
APART = ("K1", "K2")
BRING = (
    "This card, on paper or on your telephone\n"
    "An identity paper with your photograph\n"
    "Two black pens\n"
    "Telephones and watches that count or connect stay at home"
)
NEEDS = (
    (
        Need.EXTRA_TIME,
        "I have dyslexia. At school I was given a third more time.",
        20,
        "The school's letter says so.",
    ),
    (Need.EXTRA_TIME, "My right hand is injured and I write slowly.", 15, "The letter of the doctor."),
    (Need.ACCESSIBLE_SEAT, "I use a wheelchair.", None, "Granted."),
    (Need.ACCESSIBLE_SEAT, "I cannot climb stairs since an operation.", None, "Granted."),
    (Need.OWN_ROOM, "I speak the questions aloud when I read; my doctor explains why.", None, "Granted."),
    (Need.READER, "I did not bring my glasses last time.", None, "Glasses are no reason for a reader."),
)
REFUSED = len(NEEDS) - 1
WISHING = 60


def clerks(office: Office, vacancy: Vacancy, came: attending.Came, *, held: int) -> Story:
    """Two centres and two shifts: seats by a public seed, cards, a roll call, and a power cut made good."""
    yield from _divide(office, vacancy, held=held, days=held + 14, shifts=((8, 45), (11, 0)))
    yield from _wish(office, vacancy, days=held + 11, people=WISHING)
    yield from _ask(office, vacancy, days=held + 10, count=len(NEEDS))
    session, at = yield office.timeline.office(held + 6, ZONE, 11)
    own = office.sittings[vacancy.key].examination_id
    officer = office.member(session, "exam.officer")
    _decide(session, own, officer, at)
    seating.fix(session, examination_id=own, seed="Merrow lottery: 3 9 14 27 31 40", actor=officer, at=at)
    session, at = yield office.timeline.office(held + 5, ZONE, 9, 30)
    admit_cards.release_seated(session, examination_id=own, actor=officer, at=at)
    letters.went_out(session, f"admit-cards:{own}:%", at)
    yield from attending.hold(office, vacancy, came, held=held)


def technicians(office: Office, vacancy: Vacancy, *, held: int) -> Story:
    """An examination that lies ahead: candidates name centres, and a request waits for its decision."""
    yield from _divide(office, vacancy, held=held, days=9, shifts=((9, 0), (13, 30)), ends=-4)
    yield from _wish(office, vacancy, days=3, people=5)
    yield from _ask(office, vacancy, days=2, count=1)


def in_one_place(office: Office, vacancy: Vacancy, *, held: int) -> Story:
    """Arrange an examination whose candidates all come to one room, and release its cards."""
    session, at = yield office.timeline.office(held + 5, ZONE, 14)
    own = office.sittings[vacancy.key].examination_id
    starts_at = clock.zoned_moment(office.timeline.day(held, ZONE), dt.time(10), ZONE)
    officer = office.member(session, "exam.officer")
    values = {
        "venue": "City Hall, council chamber",
        "address": "40 Harbor Street, Larkhaven",
        "doors_open_at": starts_at - dt.timedelta(hours=1),
        "doors_close_at": starts_at - dt.timedelta(minutes=15),
        "starts_at": starts_at,
        "minutes": 120,
        "bring": BRING,
    }
    admit_cards.arrange(session, examination_id=own, values=values, actor=officer, at=at)
    session, at = yield office.timeline.office(held + 4, ZONE, 9)
    officer = office.member(session, "exam.officer")
    admit_cards.release(session, examination_id=own, actor=officer, at=at)
    letters.went_out(session, f"admit-cards:{own}:%", at)


def _divide(
    office: Office,
    vacancy: Vacancy,
    *,
    held: int,
    days: int,
    shifts: tuple[tuple[int, int], ...],
    ends: int | None = None,
) -> Story:
    """Enter the centres once, and divide the examination into shifts and rooms."""
    session, at = yield office.timeline.office(days, ZONE, 14)
    own = office.sittings[vacancy.key].examination_id
    officer = office.member(session, "exam.officer")
    agency_id = office.agencies[places.MAIN]
    if session.scalar(select(Centre.id).limit(1)) is None:
        centres.import_rooms(session, agency_id=agency_id, content=HALLS.encode(), actor=officer, at=at)
        centres.import_postcodes(
            session, agency_id=agency_id, content=POSTCODES.encode(), actor=officer, at=at
        )
    rooms = {code: room for room, code in session.execute(select(Room.id, Room.code).order_by(Room.code))}
    day = office.timeline.day(held, ZONE)
    for name, (hour, minute) in zip(("First shift", "Second shift"), shifts, strict=True):
        starts_at = clock.zoned_moment(day, dt.time(hour, minute), ZONE)
        values = {
            "name": name,
            "doors_open_at": starts_at - dt.timedelta(minutes=45),
            "doors_close_at": starts_at - dt.timedelta(minutes=10),
            "starts_at": starts_at,
            "ends_at": starts_at + dt.timedelta(minutes=65),
        }
        shift = sessions.add_shift(session, examination_id=own, values=values, actor=officer, at=at)
        for is_apart in (False, True):
            chosen = [room for code, room in rooms.items() if (code in APART) == is_apart]
            sessions.add_sessions(
                session, shift_id=shift.id, room_ids=chosen, capacity=None, is_apart=is_apart,
                actor=officer, at=at,
            )  # fmt: skip
    until = office.timeline.deadline(days - 5 if ends is None else ends, ZONE)
    seating.set_plan(session, examination_id=own, wishes_until=until, bring=BRING, actor=officer, at=at)


def _wish(office: Office, vacancy: Vacancy, *, days: int, people: int) -> Story:
    session, at = yield office.timeline.office(days, ZONE, 19)
    dice = office.dice(f"centres:{vacancy.key}")
    known = list(session.scalars(select(Centre.id).order_by(Centre.code)))
    for application in _applications(session, office, vacancy)[:people]:
        chosen = dice.sample(known, dice.choice((1, 1, 2)))
        seating.name_centres(
            session, application_id=application.id, centre_ids=chosen, actor=_of(application), at=at
        )


def _ask(office: Office, vacancy: Vacancy, *, days: int, count: int) -> Story:
    session, at = yield office.timeline.office(days, ZONE, 18)
    people = _applications(session, office, vacancy)[2 : 2 + count]
    for application, (need, grounds, _, _) in zip(people, NEEDS, strict=False):
        accommodations.request_accommodation(
            session, application_id=application.id, need=need, grounds=grounds, file=None,
            actor=_of(application), at=at,
        )  # fmt: skip


def _decide(session: Session, examination_id: str, officer: Actor, at: dt.datetime) -> None:
    query = select(Accommodation).where(Accommodation.examination_id == examination_id)
    answers = {need[1]: (place, need) for place, need in enumerate(NEEDS)}
    for asked in session.scalars(query.order_by(Accommodation.id)).all():
        place, (_, _, minutes, reason) = answers[asked.grounds]
        accommodations.decide_request(
            session, request_id=asked.id, is_granted=place != REFUSED, extra_minutes=minutes, reason=reason,
            actor=officer, at=at,
        )  # fmt: skip
        letters.went_out(session, f"mail:accommodation:{asked.id}:%", at)


def _applications(session: Session, office: Office, vacancy: Vacancy) -> list[Application]:
    query = (
        select(Application)
        .join(Candidate, Candidate.application_id == Application.id)
        .where(Candidate.examination_id == office.sittings[vacancy.key].examination_id)
        .order_by(Candidate.number)
    )
    return list(session.scalars(query))


def _of(application: Application) -> Actor:
    return Actor(id=application.account_id, name=application.applicant_name or "")
