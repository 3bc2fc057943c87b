"""The list of examinations as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.exams.examinations import queries
from app.exams.examinations.forms import ExaminationFilterForm
from app.exams.examinations.models import Examination
from app.exams.examinations.states import ExaminationState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


@dataclass(frozen=True, slots=True)
class Line:
    """An examination, and how many candidates it has."""

    examination: Examination
    candidates: int


def rows(session: Session, actor: Actor) -> Iterable[Line]:
    """Read every examination that the list shows under its filters."""
    filters = ExaminationFilterForm()
    wanted = queries.Filters(
        state=ExaminationState(filters.state.data) if filters.state.data else None,
        text=filters.text.data or "",
    )
    while True:
        found, before = queries.list_examinations(session, actor, wanted, size=STRETCH)
        counts = queries.count_candidates_of(session, [row.id for row in found])
        for row in found:
            yield Line(row, counts.get(row.id, 0))
        if not before:
            return
        wanted = replace(wanted, before=before)


tables.add(
    Table(
        "exams.examinations.list_staff",
        "Examinations",
        (
            Column("number", "Number", lambda row: row.examination.number),
            Column("title", "Title", lambda row: row.examination.title),
            Column("agency", "Agency", lambda row: row.examination.agency.name),
            Column("held_on", "Held on", lambda row: row.examination.held_on),
            Column("candidates", "Candidates", lambda row: row.candidates),
            Column("state", "State", lambda row: row.examination.state),
        ),
        rows,
    )
)
