"""The list of employees as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.employees import queries
from app.personnel.employees.models import Employee
from app.personnel.employees.staff_routes import read_filters, read_wanted
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Employee]:
    """Read every employee whom the list shows under its filters."""
    wanted = read_wanted(read_filters(session, actor))
    return tables.all_pages(
        lambda cursor: queries.list_employees(session, actor, wanted, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.employees.list_staff",
        "Employees",
        (
            Column("number", "Number", lambda row: row.number),
            Column("name", "Name", lambda row: row.name),
            Column("email", "E-mail address", lambda row: row.email, "personnel.employees.show"),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("state", "State", lambda row: row.state),
            Column("hired_on", "Hired", lambda row: row.hired_on),
            Column("separated_on", "Left", lambda row: row.separated_on),
        ),
        rows,
    )
)
