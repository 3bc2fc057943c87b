"""The list of separations as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.separations import queries
from app.personnel.separations.forms import StateFilter
from app.personnel.separations.models import Separation
from app.personnel.separations.states import SeparationState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Separation]:
    """Read every separation that the list shows under its filter."""
    chosen = StateFilter().state.data
    state = SeparationState(chosen) if chosen else None
    return tables.all_pages(
        lambda cursor: queries.list_staff(session, actor, state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.separations.list_staff",
        "Separations",
        (
            Column("number", "Employee number", lambda row: row.employee.number),
            Column("name", "Employee", lambda row: row.employee.name),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("kind", "Kind", lambda row: row.kind.title),
            Column("last_day", "Last day", lambda row: row.last_day),
            Column("state", "State", lambda row: row.state.title),
            Column("position", "Position", lambda row: row.position.number if row.position else ""),
        ),
        rows,
    )
)
