"""What seats hold against a list: marks can be brought onto one scale only where the shift is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.attendance.queries import count_present_unseated
from app.exams.examinations.models import Examination
from app.exams.readiness import gates
from app.exams.readiness.gates import Block
from app.exams.sessions.queries import has_sessions


def shifts(session: Session, examination: Examination, _at: dt.datetime) -> Sequence[Block]:
    """Hold a list whose rulebook asks for shifts until everyone who came has a seat in one."""
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    if not rulebooks.asks_shift(book) or not has_sessions(session, examination.id):
        return []
    count = count_present_unseated(session, examination.id)
    if not count:
        return []
    people = "1 candidate who came has" if count == 1 else f"{count:,} candidates who came have"
    sentence = f"{people} no seat, so nobody knows the shift that the rulebook asks for."
    return [Block(sentence, "exams.seating.list_seats", {"examination_id": examination.id})]


gates.add("seating", shifts)
