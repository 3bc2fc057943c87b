"""The establishment as a file: every post with who held it on the day."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.actions.sights import hours
from app.personnel.establishment import queries
from app.personnel.establishment.queries import Row
from app.personnel.establishment.staff_routes import read_filters, read_wanted
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Row]:
    """Read every post of the establishment on the day that the address names."""
    return queries.list_posts(session, actor, read_wanted(read_filters(session, actor)))


tables.add(
    Table(
        "personnel.establishment.list_staff",
        "Establishment",
        (
            Column("number", "Position", lambda row: row.number),
            Column("title", "Title", lambda row: row.title),
            Column("agency", "Agency", lambda row: row.agency),
            Column("unit", "Unit", lambda row: row.unit),
            Column("grade", "Grade", lambda row: row.grade),
            Column("hours", "Hours a week", lambda row: hours(row.minutes)),
            Column("funding", "Funded by", lambda row: row.funding),
            Column("superior", "Reports to", lambda row: row.superior),
            Column("holder", "Held by", lambda row: row.holder, "personnel.employees.list_staff"),
            Column("vacant_since", "Vacant since", lambda row: row.vacant_since),
        ),
        rows,
    )
)
