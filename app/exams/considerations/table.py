"""The list of priority considerations as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.exams.considerations import queries
from app.exams.considerations.forms import ConsiderationFilter
from app.exams.considerations.models import Consideration
from app.exams.considerations.states import ConsiderationState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Consideration]:
    """Read every consideration that the list shows under its filter."""
    chosen = ConsiderationFilter().state.data
    state = ConsiderationState(chosen) if chosen else None
    return tables.all_pages(
        lambda cursor: queries.list_staff(session, actor, state=state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "exams.considerations.list_staff",
        "Priority considerations",
        (
            Column("name", "Person", lambda row: row.application.applicant_name),
            Column("class_code", "Class", lambda row: row.class_code),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("proposed_at", "Proposed", lambda row: row.proposed_at),
            Column("state", "State", lambda row: row.state),
        ),
        rows,
    )
)
