"""What the board holds against a list."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.completeness.queries import load_board
from app.exams.examinations.models import Examination
from app.exams.examinations.states import Attendance, ExaminationState
from app.exams.readiness import gates
from app.exams.readiness.gates import Block
from app.web.amounts import plural


def completeness(session: Session, examination: Examination, _at: dt.datetime) -> list[Block]:
    """Hold the list until everyone is accounted for, doubts are settled and incidents decided."""
    board = load_board(session, examination)
    if examination.state is ExaminationState.PLANNED and not board.is_divided:
        return []
    found = {
        "not marked present, absent or excused.": board.total.counts[Attendance.EXPECTED],
        "marked present without an answer sheet.": board.total.missing if board.has_sheets else 0,
        "with an answer sheet and not marked present.": board.total.surplus,
    }
    sentences = [f"{plural(count, 'candidate')} {what}" for what, count in found.items() if count]
    values = {"examination_id": examination.id}
    blocks = [Block(sentence, "exams.completeness.show", values) for sentence in sentences]
    if board.doubts:
        sentence = f"{plural(board.doubts, 'doubt')} about identities to be settled."
        blocks.append(Block(sentence, "exams.completeness.show", values))
    if board.incidents:
        sentence = f"{plural(board.incidents, 'incident')} without a decision."
        blocks.append(Block(sentence, "exams.incidents.list_staff", values))
    return blocks


gates.add("completeness", completeness)
