"""The list of life events as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.life_events import queries
from app.personnel.life_events.forms import StateFilter
from app.personnel.life_events.models import LifeEvent
from app.personnel.life_events.states import EventState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[LifeEvent]:
    """Read every event that the list shows under its filter."""
    chosen = StateFilter().state.data
    state = EventState(chosen) if chosen else None
    return tables.all_pages(
        lambda cursor: queries.list_staff(session, actor, state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.life_events.list_staff",
        "Life events",
        (
            Column("name", "Employee", lambda row: row.employee.name),
            Column("kind", "Event", lambda row: row.kind.title),
            Column("happened_on", "Day", lambda row: row.happened_on),
            Column("elects_until", "Choose until", lambda row: row.elects_until),
            Column("state", "State", lambda row: row.state.title),
        ),
        rows,
    )
)
