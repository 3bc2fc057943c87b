"""The leave left by who has left, as a file for payroll."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from sqlalchemy.orm import Session

from app.personnel.accruals.final import FinalLine
from app.personnel.separations import papers, queries
from app.personnel.separations.models import Separation
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table

Row = tuple[Separation, FinalLine]


def rows(session: Session, actor: Actor) -> Iterable[Row]:
    """Read each ledger that was not empty of each person who has left."""
    cursor: str | None = ""
    while cursor is not None:
        page = queries.list_left(session, actor, cursor=cursor, size=STRETCH)
        lines = papers.map_leave_left(session, page.rows)
        yield from ((row, line) for row in page.rows for line in lines[row.id])
        cursor = page.next


def hours(minutes: int) -> str:
    """Write minutes as hours with two decimals, as payroll reads them."""
    return f"{float(Fraction(minutes, 60)):.2f}"


tables.add(
    Table(
        "personnel.separations.list_leave",
        "Leave left",
        (
            Column("number", "Employee number", lambda row: row[0].employee.number),
            Column("name", "Employee", lambda row: row[0].employee.name),
            Column("agency", "Agency", lambda row: row[0].agency.name),
            Column("last_day", "Last day", lambda row: row[0].last_day),
            Column("kind", "Kind of leave", lambda row: row[1].kind.title),
            Column("left", "Hours left", lambda row: hours(row[1].left)),
            Column("paid", "Hours paid in a lump sum", lambda row: hours(row[1].paid)),
            Column("owed", "Hours to be repaid", lambda row: hours(row[1].owed)),
            Column("law", "Law", lambda row: row[1].law),
        ),
        rows,
    )
)
