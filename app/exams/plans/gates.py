"""What keeps a list until every part of the examination is marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.examinations.models import Examination
from app.exams.plans import queries
from app.exams.plans.rules import components_of
from app.exams.readiness import gates
from app.exams.readiness.gates import Block
from app.exams.scoring.due import load_due


def unmarked(session: Session, examination: Examination, _at: dt.datetime) -> Sequence[Block]:
    """Name the parts in which somebody who came, and has failed nowhere else, has no mark."""
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    marked = [part for part in components_of(book) if part.is_marked]
    if not marked:
        return []
    missing = queries.load_unmarked(session, examination.id, [part.code for part in marked])
    due = load_due(session, examination, missing)
    blocks = []
    for part in marked:
        if people := due.get(part.code):
            count = "1 candidate has" if len(people) == 1 else f"{len(people):,} candidates have"
            blocks.append(
                Block(
                    f"{count} no mark in “{part.title}”. Record the mark, or that they were absent.",
                    "exams.plans.list_marks",
                    {"examination_id": examination.id},
                )
            )
    return blocks


gates.add("plans", unmarked)
