"""The increases within the grade as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.within_grade import queries
from app.personnel.within_grade.models import StepIncrease
from app.personnel.within_grade.states import WAITING, IncreaseState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[StepIncrease]:
    """Read every increase that the list shows under its filter."""
    chosen = [state for state in IncreaseState if state.value == tables.asked("state")]
    states = chosen or sorted(WAITING, key=str)
    return tables.all_pages(
        lambda cursor: queries.list_increases(session, actor, states, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.within_grade.list_staff",
        "Increases within the grade",
        (
            Column("number", "Number", lambda row: row.employee.number),
            Column("name", "Name", lambda row: row.employee.name),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("grade", "Grade", lambda row: row.grade),
            Column("from_step", "Step", lambda row: row.from_step),
            Column("to_step", "Next step", lambda row: row.to_step),
            Column("waiting_from", "Waiting since", lambda row: row.waiting_from),
            Column("due_on", "Due", lambda row: row.due_on),
            Column("state", "State", lambda row: row.state),
            Column("effective_on", "Effective", lambda row: row.effective_on),
        ),
        rows,
    )
)
