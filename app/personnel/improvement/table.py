"""The list of improvement plans as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.improvement import queries
from app.personnel.improvement.forms import ImprovementsFilterForm
from app.personnel.improvement.models import ImprovementPlan
from app.personnel.improvement.states import ImprovementState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[ImprovementPlan]:
    """Read every improvement plan that the list shows under its filter."""
    chosen = ImprovementsFilterForm().state.data
    state = ImprovementState(chosen) if chosen else None
    return tables.all_pages(
        lambda cursor: queries.list_improvements(session, actor, state, cursor=cursor, size=STRETCH)
    )


def _state(row: ImprovementPlan) -> str:
    """Give the state as the list tells it: once a plan is concluded, its outcome."""
    return row.outcome.title if row.state is ImprovementState.CONCLUDED and row.outcome else row.state.title


tables.add(
    Table(
        "personnel.improvement.list_staff",
        "Improvement plans",
        (
            Column("number", "Number", lambda row: row.number),
            Column("name", "Employee", lambda row: row.employee.name),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("delivered_on", "Handed over", lambda row: row.delivered_on),
            Column("ends_on", "Runs until", lambda row: row.ends_on),
            Column("state", "State", _state),
        ),
        rows,
    )
)
