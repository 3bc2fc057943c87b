"""Making and changing shifts and sessions; no room is used twice at one time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.admit_cards.models import Arrangement
from app.exams.centres import queries as centres
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.seating.models import Seat, SeatingPlan
from app.exams.sessions import queries, rules
from app.exams.sessions.models import ExamSession, Shift
from app.exams.sessions.rules import Use
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

TIMES = ("doors_open_at", "doors_close_at", "starts_at", "ends_at")


def add_shift(
    session: Session, *, examination_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> Shift:
    """Add a shift; with the first one the examination is held in sessions and gets a plan of its seats."""
    permission = "exams.sessions.add_shift"
    examination = get_examination(session, examination_id, actor, permission=permission, lock=True)
    rules.check_open(examination.state)
    _check_times(examination, values)
    _demand_no_cards(session, examination_id)
    shift = Shift(id=new_id("shf"), examination_id=examination_id, **values)
    session.add(shift)
    if session.get(SeatingPlan, examination_id) is None:
        session.add(SeatingPlan(examination_id=examination_id, bring=""))
    session.flush()
    _record(session, "add_shift", examination, actor, at, shift=shift.name, starts_at=shift.starts_at)
    return shift


def edit_shift(
    session: Session, *, shift_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> Shift:
    """Change the times of a shift, in all its rooms; refused where one is used by another then."""
    shift, examination = queries.get_shift(session, shift_id, actor, permission="exams.sessions.edit_shift")
    rules.check_open(examination.state)
    _check_times(examination, values)
    rooms = session.execute(
        select(ExamSession.room_id).where(ExamSession.shift_id == shift_id).order_by(ExamSession.room_id)
    )
    wanted = Use(values["doors_open_at"], values["ends_at"], "")
    for room_id in rooms.scalars().all():
        room = centres.get_room(session, room_id, actor, permission="exams.sessions.edit_shift", lock=True)
        clash = rules.find_clash(wanted, queries.load_uses(session, room_id, but_shift=shift_id))
        if clash is not None:
            raise Invalid(starts_at=f"Room {room.code} of {room.centre.code} is used then by {clash.by}.")
    for name, value in values.items():
        setattr(shift, name, value)
    session.flush()
    _record(session, "edit_shift", examination, actor, at, shift=shift.name, starts_at=shift.starts_at)
    return shift


def remove_shift(session: Session, *, shift_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take out a shift that has no sessions; with the last one the examination is in one place again."""
    shift, examination = queries.get_shift(session, shift_id, actor, permission="exams.sessions.remove_shift")
    if session.scalar(select(ExamSession.id).where(ExamSession.shift_id == shift_id).limit(1)):
        raise Conflict("Take the rooms out of this shift first.")
    session.delete(shift)
    session.flush()
    if not queries.has_sessions(session, examination.id):
        plan = session.get(SeatingPlan, examination.id)
        if plan is not None and plan.fixed_at is None:
            session.delete(plan)
    _record(session, "remove_shift", examination, actor, at, shift=shift.name)


def add_sessions(
    session: Session,
    *,
    shift_id: str,
    room_ids: Sequence[str],
    capacity: int | None,
    is_apart: bool,
    actor: Actor,
    at: dt.datetime,
) -> list[ExamSession]:
    """Use rooms in a shift, each to `capacity`, or to all its seats; all of them or none."""
    shift, examination = queries.get_shift(session, shift_id, actor, permission="exams.sessions.add_sessions")
    made = []
    for room_id in sorted(room_ids):
        room = centres.get_room(session, room_id, actor, permission="exams.sessions.add_sessions", lock=True)
        if room.centre.agency_id != examination.agency_id or not (room.is_active and room.centre.is_active):
            raise Invalid(room_ids=f"Room {room.code} of {room.centre.code} is not in use.")
        wanted = Use(shift.doors_open_at, shift.ends_at, "")
        clash = rules.find_clash(wanted, queries.load_uses(session, room_id))
        if clash is not None:
            raise Invalid(room_ids=f"Room {room.code} of {room.centre.code} is used then by {clash.by}.")
        rules.check_capacity(capacity or room.capacity, room.capacity)
        made.append(
            ExamSession(
                id=new_id("shs"),
                examination_id=examination.id,
                shift_id=shift_id,
                room_id=room_id,
                capacity=capacity or room.capacity,
                is_apart=is_apart,
            )
        )
    session.add_all(made)
    session.flush()
    details = {"shift": shift.name, "rooms": len(made), "seats": sum(row.capacity for row in made)}
    _record(session, "add_sessions", examination, actor, at, **details)
    return made


def edit_session(
    session: Session, *, session_id: str, capacity: int, is_apart: bool, actor: Actor, at: dt.datetime
) -> ExamSession:
    """Change how many people sit in a session, never below the seats that are given."""
    found = queries.get_session(
        session, session_id, actor, permission="exams.sessions.edit_session", lock=True
    )
    filled = queries.load_filled(session, found.examination_id).get(session_id, queries.Filled())
    rules.check_capacity(capacity, found.room.capacity, filled.last)
    if is_apart != found.is_apart and filled.people:
        raise Conflict("People are seated in this session already. Move them first.")
    found.capacity, found.is_apart = capacity, is_apart
    session.flush()
    _record(session, "edit_session", found.examination, actor, at, room=found.room.code, capacity=capacity)
    return found


def remove_session(session: Session, *, session_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take a room out of a shift while nobody is seated there."""
    found = queries.get_session(
        session, session_id, actor, permission="exams.sessions.remove_session", lock=True
    )
    if session.scalar(select(Seat.candidate_id).where(Seat.session_id == session_id).limit(1)):
        raise Conflict("People are seated in this session already. Move them first.")
    session.delete(found)
    session.flush()
    _record(session, "remove_session", found.examination, actor, at, room=found.room.code)


def _check_times(examination: Examination, values: Mapping[str, Any]) -> None:
    times = {name: values[name] for name in TIMES}
    rules.check_times(examination.held_on, examination.agency.time_zone, **times)


def _demand_no_cards(session: Session, examination_id: str) -> None:
    """Refuse to divide into sessions once cards of one place are out."""
    arrangement = session.get(Arrangement, examination_id)
    if arrangement is not None and arrangement.released_at is not None:
        raise Conflict("The admit cards for one place are released already.")


def _record(
    session: Session, act: str, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.sessions.{act}",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        **details,
    )
