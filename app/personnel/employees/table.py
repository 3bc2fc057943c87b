"""The list of employees as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.employees import queries
from app.personnel.employees.models import Employee
from app.personnel.employees.staff_routes import read_filters, read_wanted
from app.personnel.positions.models import Position
from app.personnel.service_records.models import ServiceRecord
from app.platform import clock
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table

PAY = "personnel.pay_scales.show_steps"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody with the post and what holds of the service today, None where there is none."""

    employee: Employee
    post: Position | None
    held: ServiceRecord | None


def rows(session: Session, actor: Actor) -> Iterable[Line]:
    """Read every employee whom the list shows under its filters, a stretch at a time."""
    wanted = read_wanted(read_filters(session, actor))
    today = clock.now().date()
    cursor: str | None = ""
    while cursor is not None:
        page = queries.list_employees(session, actor, wanted, cursor=cursor, size=STRETCH)
        posts = queries.map_posts(session, page.rows)
        held = queries.map_held(session, page.rows, today)
        for employee in page.rows:
            yield Line(employee, posts.get(employee.id), held.get(employee.id))
        cursor = page.next


def _of_service(name: str) -> Callable[[Line], Any]:
    return lambda row: getattr(row.held, name) if row.held and row.held.position_id else None


def _of_post(name: str) -> Callable[[Line], Any]:
    return lambda row: getattr(row.post, name) if row.post else None


tables.add(
    Table(
        "personnel.employees.list_staff",
        "Employees",
        (
            Column("number", "Number", lambda row: row.employee.number),
            Column("name", "Name", lambda row: row.employee.name),
            Column("email", "E-mail address", lambda row: row.employee.email, "personnel.employees.show"),
            Column("agency", "Agency", lambda row: row.employee.agency.name),
            Column("state", "State", lambda row: row.employee.state),
            Column("hired_on", "Hired", lambda row: row.employee.hired_on),
            Column("separated_on", "Left", lambda row: row.employee.separated_on),
            Column("position", "Position", _of_post("number")),
            Column("title", "Title", _of_post("title")),
            Column("unit", "Unit", _of_post("unit")),
            Column("grade", "Grade", _of_service("grade")),
            Column("step", "Step", _of_service("step"), PAY),
            Column("pay_minor", "Pay, minor units", _of_service("pay_minor"), PAY),
            Column("pay_currency", "Currency", _of_service("pay_currency"), PAY),
            Column("pay_period", "Pay is for a", _of_service("pay_period"), PAY),
        ),
        rows,
    )
)
