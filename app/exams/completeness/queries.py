"""Counting everyone of an examination by session."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.exams.attendance.models import IdentityDoubt
from app.exams.attendance.states import DoubtState
from app.exams.completeness import rules
from app.exams.completeness.rules import Line
from app.exams.examinations.models import Candidate, Examination
from app.exams.incidents.queries import count_undecided
from app.exams.responses.models import ResponseSheet
from app.exams.responses.queries import find_current
from app.exams.seating.models import Seat
from app.exams.sessions.queries import list_sessions


@dataclass(frozen=True, slots=True)
class Board:
    """Every session's line and the sum; `has_sheets` tells whether answers were imported."""

    lines: list[Line]
    total: Line
    has_sheets: bool
    doubts: int
    incidents: int
    is_divided: bool

    @property
    def is_complete(self) -> bool:
        return self.total.is_complete(has_sheets=self.has_sheets)


def load_board(session: Session, examination: Examination) -> Board:
    """Load the board of an examination, in one reading of its candidates."""
    current = find_current(session, examination.id)
    sheets = select(ResponseSheet.candidate_id).where(
        ResponseSheet.import_id == (current.id if current else "")
    )
    rows = session.execute(
        select(
            Candidate.number, Candidate.id, Candidate.attendance, Seat.session_id, Candidate.id.in_(sheets)
        )
        .outerjoin(Seat, Seat.candidate_id == Candidate.id)
        .where(Candidate.examination_id == examination.id)
        .order_by(Candidate.number)
    )
    sessions = list_sessions(session, examination.id)
    lines = {
        row.id: Line(f"{row.room.centre.code}, room {row.room.code}, {row.shift.name}", row.id)
        for row in sessions
    }
    lines[""] = Line("No seat" if sessions else "Everyone in one place")
    total = Line("All")
    rules.fill(rows.all(), lines, total)
    shown = [line for line in lines.values() if line.registered]
    return Board(
        shown,
        total,
        has_sheets=current is not None,
        doubts=_count_doubts(session, examination.id),
        incidents=count_undecided(session, examination.id),
        is_divided=bool(sessions),
    )


def _count_doubts(session: Session, examination_id: str) -> int:
    query = (
        select(func.count())
        .select_from(IdentityDoubt)
        .join(IdentityDoubt.candidate)
        .where(Candidate.examination_id == examination_id, IdentityDoubt.state == DoubtState.OPEN)
    )
    return session.scalar(query) or 0
