"""The list of positions as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel.positions import queries
from app.personnel.positions.forms import PositionFilterForm
from app.personnel.positions.models import Position
from app.platform.actors import Actor
from app.web import tables
from app.web.forms import as_choices, named
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Position]:
    """Read every position that the list shows under its filters."""
    agencies = list_agencies_for(session, actor, queries.SHOW)
    filters = PositionFilterForm(
        choices={"agency": named(agencies), "grade": as_choices(queries.list_grades(session, actor))}
    )
    wanted = queries.Wanted(
        agency_id=filters.agency.data or "",
        grade=filters.grade.data or "",
        status=filters.status.data or "",
        text=filters.text.data or "",
    )
    return tables.all_pages(
        lambda cursor: queries.list_positions(session, actor, wanted, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.positions.list_staff",
        "Positions",
        (
            Column("number", "Number", lambda row: row.number),
            Column("title", "Title", lambda row: row.title),
            Column("class_code", "Class", lambda row: row.class_code),
            Column("grade", "Grade", lambda row: row.grade),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("duty_station", "Duty station", lambda row: row.duty_station),
            Column("pay_min_minor", "Lowest pay, minor units", lambda row: row.pay_min_minor),
            Column("pay_max_minor", "Highest pay, minor units", lambda row: row.pay_max_minor),
            Column("pay_currency", "Currency", lambda row: row.pay_currency),
            Column("state", "State", lambda row: row.state),
            Column(
                "incumbent",
                "Held by",
                lambda row: row.incumbent.name if row.incumbent else None,
                "personnel.employees.list_staff",
            ),
        ),
        rows,
    )
)
