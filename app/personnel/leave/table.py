"""The balances of an agency as a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.leave.queries import Standing
from app.personnel.leave.staff_routes import SHOWN, read_balances
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Standing]:
    """Read every balance that the list shows under its filters."""
    people: list[Standing] = read_balances(session)["people"]
    return people


def _minutes(kind: Any) -> Column:
    return Column(
        kind.value,
        f"{kind.title}, minutes",
        lambda row: row.balances.get(kind, 0),
        "personnel.leave.list_staff",
    )


tables.add(
    Table(
        "personnel.leave.list_staff",
        "Balances of leave",
        (
            Column("number", "Number", lambda row: row.number),
            Column("name", "Name", lambda row: row.name),
            *(_minutes(kind) for kind in SHOWN),
        ),
        rows,
    )
)
