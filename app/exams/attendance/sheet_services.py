"""Attendance by answer sheets, where everyone is in one place."""

from __future__ import annotations

from sqlalchemy import Select, case, exists, literal, update
from sqlalchemy.orm import Session

from app.exams.attendance.models import AttendanceMark
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.states import Attendance
from app.exams.sessions.queries import has_sessions


def set_by_sheets(session: Session, *, examination: Examination, captured: Select[str]) -> None:
    """Mark by sheets where everyone is in one place: who has one was present, the others absent.

    Who was marked by a person keeps that mark. In an examination held in sessions attendance is kept by
    people alone, and what the sheets say otherwise is told on the board.
    """
    if has_sessions(session, examination.id):
        return
    kind = Candidate.attendance.type
    attendance = case(
        (Candidate.id.in_(captured), literal(Attendance.PRESENT, kind)),
        else_=literal(Attendance.ABSENT, kind),
    )
    is_free = ~exists().where(AttendanceMark.candidate_id == Candidate.id)
    change = update(Candidate).where(Candidate.examination_id == examination.id, is_free)
    # nobody of a million is held in memory by this, or fetched to be told of it
    session.execute(change.values(attendance=attendance), execution_options={"synchronize_session": False})
    for held in session.identity_map.values():
        if isinstance(held, Candidate) and held.examination_id == examination.id:
            session.expire(held, ["attendance"])
