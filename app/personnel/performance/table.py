"""The plans of a cycle as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.performance import queries
from app.personnel.performance.models import PerformancePlan
from app.personnel.performance.states import PlanState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[PerformancePlan]:
    """Read every plan that the page of a cycle shows under its filters."""
    cycle = queries.get_cycle(session, tables.asked("cycle_id"), actor)
    state = next((state for state in PlanState if state.value == tables.asked("state")), None)
    wanted = queries.Wanted(state, tables.asked("text"))
    return tables.all_pages(
        lambda cursor: queries.list_plans(session, cycle, wanted, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.performance.show_cycle",
        "Performance plans",
        (
            Column("number", "Number", lambda row: row.employee.number),
            Column("name", "Name", lambda row: row.person),
            Column("position", "Position", lambda row: row.position_title),
            Column("unit", "Unit", lambda row: row.unit),
            Column("supervisor", "Supervisor", lambda row: row.supervisor.name if row.supervisor else None),
            Column("state", "State", lambda row: row.state),
            Column("issued_at", "Issued", lambda row: row.issued_at),
            Column("acknowledged_at", "Acknowledged", lambda row: row.acknowledged_at),
        ),
        rows,
        place="cycle_id",
    )
)
