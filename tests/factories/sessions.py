"""Centres, rooms, shifts and sessions, made by direct inserts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from app.exams.centres.models import Centre, Room
from app.exams.examinations.models import Examination
from app.exams.seating.models import SeatingPlan
from app.exams.sessions.models import ExamSession, Shift
from app.platform.ids import new_id

STARTS = dt.datetime(2026, 11, 16, 15, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def make_centre(session: Session, agency_id: str, code: str = "NORTH", **values: Any) -> Centre:
    """Insert a centre in use."""
    standard = {"name": f"School {code}", "address": f"1 {code} Street", "is_active": True}
    centre = Centre(id=new_id("ctr"), agency_id=agency_id, code=code, **standard | values)
    session.add(centre)
    session.flush()
    return centre


def make_room(session: Session, centre: Centre, code: str = "1", **values: Any) -> Room:
    """Insert a room of ten seats, five in a row, two of them without a step."""
    standard = {
        "directions": "",
        "capacity": 10,
        "seats_per_row": 5,
        "accessible_seats": 2,
        "is_active": True,
    }
    room = Room(id=new_id("rom"), centre_id=centre.id, code=code, **standard | values)
    session.add(room)
    session.flush()
    return room


def make_shift(
    session: Session, examination: Examination, name: str = "Morning", starts_at: dt.datetime = STARTS
) -> Shift:
    """Insert a shift of two hours, and the plan of seats when there is none."""
    shift = Shift(
        id=new_id("shf"),
        examination_id=examination.id,
        name=name,
        doors_open_at=starts_at - HOUR,
        doors_close_at=starts_at - HOUR / 4,
        starts_at=starts_at,
        ends_at=starts_at + 2 * HOUR,
    )
    session.add(shift)
    if session.get(SeatingPlan, examination.id) is None:
        session.add(SeatingPlan(examination_id=examination.id, bring="A black pen"))
    session.flush()
    return shift


def make_sessions(
    session: Session, shift: Shift, rooms: Iterable[Room], *, is_apart: bool = False
) -> list[ExamSession]:
    """Insert a session of all seats in each room."""
    made = [
        ExamSession(
            id=new_id("shs"),
            examination_id=shift.examination_id,
            shift_id=shift.id,
            room_id=room.id,
            capacity=room.capacity,
            is_apart=is_apart,
        )
        for room in rooms
    ]
    session.add_all(made)
    session.flush()
    return made
