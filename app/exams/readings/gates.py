"""What doubtful marks hold against a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.examinations.models import Examination
from app.exams.readiness import gates
from app.exams.readiness.gates import Block
from app.exams.readings.queries import count_marks


def find_blocks(session: Session, examination: Examination, _at: dt.datetime) -> Sequence[Block]:
    """Hold the list until each doubtful mark counts."""
    left = count_marks(session, examination.id).left
    if not left:
        return []
    said = "1 doubtful mark has" if left == 1 else f"{left:,} doubtful marks have"
    values = {"examination_id": examination.id}
    return [Block(f"{said} to be looked at by a person.", "exams.readings.show", values)]


gates.add("readings", find_blocks)
