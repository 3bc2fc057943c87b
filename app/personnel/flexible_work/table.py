"""The list of flexible work as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.flexible_work import queries
from app.personnel.flexible_work.forms import WorkFilterForm
from app.personnel.flexible_work.models import FlexibleArrangement
from app.personnel.flexible_work.states import WorkState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[FlexibleArrangement]:
    """Read every arrangement that the list shows under its filters."""
    filters = WorkFilterForm()
    state = WorkState(filters.state.data) if filters.state.data else None
    return tables.all_pages(
        lambda cursor: queries.list_all(session, actor, state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.flexible_work.list_staff",
        "Flexible work",
        (
            Column("number", "Number", lambda row: row.employee.number),
            Column("name", "Name", lambda row: row.employee.name),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("kind", "Kind", lambda row: row.kind.title),
            Column("state", "State", lambda row: row.state.title),
            Column("weekly_minutes", "Minutes a week", lambda row: row.weekly_minutes),
            Column("starts_on", "First day", lambda row: row.starts_on),
            Column("ends_on", "Last day", lambda row: row.ended_on or row.ends_on),
            Column("review_on", "Looked at by", lambda row: row.review_on),
        ),
        rows,
    )
)
