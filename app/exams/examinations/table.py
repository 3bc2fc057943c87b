"""The candidates of an examination as a file, without names."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.exams.examinations import queries
from app.exams.examinations.forms import CandidateFilterForm
from app.exams.examinations.models import Candidate
from app.exams.examinations.states import Attendance
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Candidate]:
    """Read every candidate whom the list shows under its filters."""
    filters = CandidateFilterForm()
    examination = queries.get_examination(session, tables.asked("examination_id"), actor)
    attendance = Attendance(filters.attendance.data) if filters.attendance.data else None
    text, after = filters.text.data or "", ""
    while True:
        found, after = queries.list_candidates(
            session, examination.id, text=text, attendance=attendance, after=after, size=STRETCH
        )
        yield from found
        if not after:
            return


tables.add(
    Table(
        "exams.examinations.list_candidates",
        "Candidates",
        (
            Column("number", "Candidate", lambda row: row.number),
            Column("attendance", "Attendance", lambda row: row.attendance),
        ),
        rows,
        place="examination_id",
    )
)
