"""Counting everyone of an examination by session."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from app.exams.attendance.models import IdentityDoubt
from app.exams.attendance.states import DoubtState
from app.exams.completeness import rules
from app.exams.completeness.rules import Line
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.states import Attendance
from app.exams.incidents.queries import count_undecided
from app.exams.responses.models import ResponseSheet
from app.exams.responses.queries import find_current
from app.exams.seating.models import Seat
from app.exams.sessions.queries import list_sessions

MOST_NAMED = 50
HAS_SHEET = ResponseSheet.candidate_id.is_not(None)
IS_PRESENT = Candidate.attendance == Attendance.PRESENT


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


@dataclass(frozen=True, slots=True)
class Named:
    """The first candidates that do not fit, as (number, id)."""

    expected: list[tuple[str, str]]
    sheetless: list[tuple[str, str]]
    odd: list[tuple[str, str]]


def load_board(session: Session, examination: Examination) -> Board:
    """Load the board of an examination: counts alone, whatever its size."""
    current = find_current(session, examination.id)
    counted = _with_sheets(
        select(Seat.session_id, Candidate.attendance, HAS_SHEET, func.count()), current.id if current else ""
    )
    rows = session.execute(
        counted.outerjoin(Seat, Seat.candidate_id == Candidate.id)
        .where(Candidate.examination_id == examination.id)
        .group_by(Seat.session_id, Candidate.attendance, HAS_SHEET)
    )
    sessions = list_sessions(session, examination.id)
    lines = {
        row.id: Line(f"{row.room.centre.code}, room {row.room.code}, {row.shift.name}", row.id)
        for row in sessions
    }
    lines[""] = Line("No seat" if sessions else "Everyone in one place")
    total = Line("All")
    rules.fill(rows.all(), lines, total)
    return Board(
        [line for line in lines.values() if line.registered],
        total,
        has_sheets=current is not None,
        doubts=_count_doubts(session, examination.id),
        incidents=count_undecided(session, examination.id),
        is_divided=bool(sessions),
    )


def load_named(session: Session, examination: Examination) -> Named:
    """Load the first candidates who are not marked, or whose sheet and mark do not agree, by number."""
    current = find_current(session, examination.id)
    import_id = current.id if current else ""

    def named(condition: ColumnElement[bool]) -> list[tuple[str, str]]:
        query = (
            _with_sheets(select(Candidate.number, Candidate.id), import_id)
            .where(Candidate.examination_id == examination.id, condition)
            .order_by(Candidate.number)
            .limit(MOST_NAMED)
        )
        return [(number, own) for number, own in session.execute(query)]

    return Named(
        named(Candidate.attendance == Attendance.EXPECTED),
        named(IS_PRESENT & ~HAS_SHEET) if current else [],
        named(~IS_PRESENT & HAS_SHEET),
    )


def _with_sheets(query: Select, import_id: str) -> Select:  # type: ignore[type-arg]
    """Join the sheet that each candidate has in an import, if any."""
    own = and_(ResponseSheet.import_id == import_id, ResponseSheet.candidate_id == Candidate.id)
    return query.select_from(Candidate).outerjoin(ResponseSheet, own)


def _count_doubts(session: Session, examination_id: str) -> int:
    query = (
        select(func.count())
        .select_from(IdentityDoubt)
        .join(IdentityDoubt.candidate)
        .where(Candidate.examination_id == examination_id, IdentityDoubt.state == DoubtState.OPEN)
    )
    return session.scalar(query) or 0
