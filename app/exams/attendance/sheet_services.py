"""Attendance by answer sheets, where everyone is in one place."""

from __future__ import annotations

from sqlalchemy import Select, exists, update
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
    is_free = (
        Candidate.examination_id == examination.id,
        ~exists().where(AttendanceMark.candidate_id == Candidate.id),
    )
    for attendance, condition in (
        (Attendance.ABSENT, ~Candidate.id.in_(captured)),
        (Attendance.PRESENT, Candidate.id.in_(captured)),
    ):
        session.execute(update(Candidate).where(*is_free, condition).values(attendance=attendance))
