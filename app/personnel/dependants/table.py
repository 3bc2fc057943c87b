"""The list of dependants as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.dependants import queries
from app.personnel.dependants.forms import StateFilter
from app.personnel.dependants.models import Dependant
from app.personnel.dependants.states import DependantState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Dependant]:
    """Read every dependant whom the list shows under its filter."""
    chosen = StateFilter().state.data
    state = DependantState(chosen) if chosen else None
    return tables.all_pages(
        lambda cursor: queries.list_staff(session, actor, state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.dependants.list_staff",
        "Dependants",
        (
            Column("name", "Dependant", lambda row: row.name),
            Column("relation", "Who", lambda row: row.relation.title),
            Column("employee", "Employee", lambda row: row.employee.name),
            Column("claimed_on", "Named", lambda row: row.claimed_at.date()),
            Column("proof", "Proof on file", lambda row: bool(row.evidence_name)),
            Column("state", "State", lambda row: row.state.title),
        ),
        rows,
    )
)
