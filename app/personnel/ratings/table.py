"""The list of ratings as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.ratings import queries
from app.personnel.ratings.forms import RatingsFilterForm
from app.personnel.ratings.models import PerformanceRating
from app.personnel.ratings.states import RatingState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[PerformanceRating]:
    """Read every rating that the list shows under its filter."""
    chosen = RatingsFilterForm().state.data
    state = RatingState(chosen) if chosen else None
    return tables.all_pages(
        lambda cursor: queries.list_ratings(session, actor, state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.ratings.list_staff",
        "Ratings",
        (
            Column("name", "Person", lambda row: row.plan.person),
            Column("period", "Period", lambda row: row.plan.cycle.title),
            Column("agency", "Agency", lambda row: row.plan.agency.name),
            Column(
                "supervisor",
                "Supervisor",
                lambda row: row.plan.supervisor.name if row.plan.supervisor else "",
            ),
            Column("level", "Level", lambda row: row.summary_level),
            Column("state", "State", lambda row: row.state.title),
        ),
        rows,
    )
)
