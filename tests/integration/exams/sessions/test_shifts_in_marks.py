"""Marks of two shifts on one scale: the list knows who sat when, and holds until it does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sqlalchemy import select

from app.exams.examinations.models import Candidate
from app.exams.examinations.states import Attendance
from app.exams.merit_lists.models import MeritListEntry
from app.exams.readiness import gates
from app.exams.seating import services as seating
from app.exams.seating.models import Seat, SeatingPlan
from app.exams.sessions import services as sessions
from app.platform.errors import Conflict
from tests.factories.sessions import HOUR, STARTS, make_centre, make_room, make_sessions, make_shift
from tests.integration.exams import world as office
from tests.unit.exams.books import OPEN_BOOK

AT = office.AT
BY_SHIFT = OPEN_BOOK.replace(
    "[component.marks]",
    """[component.normalise]
method = "mean"
by = "shift"
base = "all"
rounding = { places = 2, mode = "half-up" }
citation = "Shifts, for tests"

[component.marks]""",
)
# right answers of ten: the morning had the easier paper
SHIFTS = {"Morning": ("Ada", "Ben", "Cleo"), "Afternoon": ("Dan", "Eva", "Fay")}


@pytest.fixture
def world(session):
    """Six people who sat in two shifts by a rulebook that brings shifts to the mean of everybody."""
    made = office.make_world(session)
    office.hold(made)
    office.under(made, BY_SHIFT)
    centre = make_centre(session, made.agency.id)
    numbers = made.numbers()
    plan = None
    for place, (name, people) in enumerate(SHIFTS.items()):
        shift = make_shift(session, made.exam, name, STARTS + place * 4 * HOUR)
        (room,) = make_sessions(session, shift, [make_room(session, centre, f"{place}")])
        plan = session.get(SeatingPlan, made.exam.id)
        for seat, who in enumerate(people, start=1):
            own = session.scalar(select(Candidate).where(Candidate.number == numbers[who]))
            own.attendance = Attendance.PRESENT
            session.add(
                Seat(candidate_id=own.id, session_id=room.id, place=seat, extra_minutes=0, assigned_at=STARTS)
            )
    plan.seed, plan.inputs_digest, plan.seats_digest = "04 11", "0" * 64, "0" * 64
    plan.fixed_by, plan.fixed_at = made.accounts["exam_officer"].id, STARTS
    session.flush()
    office.set_key(made)
    office.import_answers(made)
    return made


def results(world, merit_list):
    names = {number: name for name, number in world.numbers().items()}
    rows = world.session.execute(
        select(Candidate.number, MeritListEntry.rank, MeritListEntry.final, MeritListEntry.denominator)
        .join(Candidate, Candidate.id == MeritListEntry.candidate_id)
        .where(MeritListEntry.list_id == merit_list.id)
    )
    return {names[number]: (rank, Fraction(final, below)) for number, rank, final, below in rows}


def test_marks_of_shifts_are_brought_to_one_mean_and_the_list_is_proved(world):
    merit_list = office.publish(world)
    # means: 28/3 in the morning, 20/3 in the afternoon, 8 of everybody: -4/3 and +4/3
    assert results(world, merit_list) == {
        "Dan": (1, Fraction("93.3")),
        "Ada": (2, Fraction("86.7")),
        "Eva": (3, Fraction("83.3")),
        "Ben": (4, Fraction("76.7")),
        "Cleo": (4, Fraction("76.7")),
        "Fay": (6, Fraction("63.3")),
    }


def test_who_came_and_has_no_seat_holds_the_list(world):
    number = world.numbers()["Ada"]
    ada = world.session.scalar(select(Candidate).where(Candidate.number == number))
    world.session.delete(world.session.get(Seat, ada.id))
    world.session.flush()
    said = [block.sentence for block in gates.list_blocks(world.session, world.exam, AT)]
    assert "1 candidate who came has no seat, so nobody knows the shift that the rulebook asks for." in said
    with pytest.raises(Conflict, match="has no seat"):
        office.draft(world)


def test_after_publication_shifts_and_seats_stay(world):
    office.publish(world)
    session = world.session
    seat = session.scalars(select(Seat)).first()
    session.refresh(seat, ["session"])
    actor = world.actor("exam_officer")
    values = {
        "name": "Night",
        "doors_open_at": STARTS,
        "doors_close_at": STARTS + HOUR,
        "starts_at": STARTS + HOUR,
        "ends_at": STARTS + 2 * HOUR,
    }
    with pytest.raises(Conflict, match="stay as they were"):
        sessions.edit_shift(session, shift_id=seat.session.shift_id, values=values, actor=actor, at=AT)
    with pytest.raises(Conflict, match="stay as they were"):
        sessions.add_shift(session, examination_id=world.exam.id, values=values, actor=actor, at=AT)
    with pytest.raises(Conflict, match="stay as they were"):
        seating.move_seat(
            session,
            candidate_id=seat.candidate_id,
            session_id=seat.session_id,
            place=9,
            reason="Tidying up.",
            actor=actor,
            at=AT,
        )
