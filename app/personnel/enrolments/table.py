"""Who has chosen nothing in an open season, as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.employees.models import Employee
from app.personnel.enrolments import queries
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Employee]:
    """Read everybody whom the page of the open season lists."""
    window = queries.get_window(session, tables.asked("window_id"), actor)
    return tables.all_pages(
        lambda cursor: queries.list_without_choice(session, window, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.enrolments.show",
        "People who have not chosen",
        (
            Column("number", "Number", lambda row: row.number),
            Column("name", "Name", lambda row: row.name),
            Column("email", "E-mail address", lambda row: row.email, "personnel.employees.show"),
            Column("hired_on", "Hired", lambda row: row.hired_on),
        ),
        rows,
        place="window_id",
    )
)
