"""The retirements due as a file, few people hidden as on the page."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.personnel.retirements import queries, staff_routes
from app.personnel.retirements.pictures import Figure
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import Column, Table


def rows(session: Session, actor: Actor) -> list[Figure]:
    """Give every figure of the page."""
    return staff_routes.count(session, actor)[1].figures()


tables.add(
    Table(
        queries.DUE,
        "Retirements due",
        (
            Column("measure", "Figure", lambda row: row.measure),
            Column("agency", "Agency", lambda row: row.agency),
            Column("grade", "Grade", lambda row: row.grade),
            Column("count", "People (empty: too few to be shown)", lambda row: row.count),
        ),
        rows,
    )
)
