"""The awards as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.awards import queries
from app.personnel.awards.models import Award
from app.personnel.awards.states import AwardState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Award]:
    """Read every award that the list shows under its filter."""
    state = next((state for state in AwardState if state.value == tables.asked("state")), None)
    return tables.all_pages(
        lambda cursor: queries.list_awards(session, actor, state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.awards.list_staff",
        "Awards",
        (
            Column("number", "Number", lambda row: row.number),
            Column("employee", "Name", lambda row: row.employee.name),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("kind", "Kind", lambda row: row.kind),
            Column("amount_minor", "Amount, minor units", lambda row: row.amount_minor),
            Column("currency", "Currency", lambda row: row.currency),
            Column("hours", "Hours off", lambda row: row.hours),
            Column("to_step", "Step reached", lambda row: row.to_step),
            Column("effective_on", "Counts from", lambda row: row.effective_on),
            Column("state", "State", lambda row: row.state),
            Column("nominated_at", "Proposed", lambda row: row.nominated_at),
            Column("decided_at", "Decided", lambda row: row.decided_at),
        ),
        rows,
    )
)
