"""The list of courses as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.courses import queries
from app.personnel.courses.forms import CourseFilterForm
from app.personnel.courses.models import Course
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Course]:
    """Read every course that the list shows under its filter."""
    wanted = queries.Wanted(text=CourseFilterForm().text.data or "", with_retired=True)
    return tables.all_pages(
        lambda cursor: queries.list_courses(session, actor, wanted, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.courses.list_staff",
        "Courses",
        (
            Column("title", "Course", lambda row: row.title),
            Column("code", "Code", lambda row: row.code),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("minutes", "Length in minutes", lambda row: row.minutes),
            Column("valid_months", "Months that a certificate holds", lambda row: row.valid_months),
            Column("state", "State", lambda row: "Offered no more" if row.retired_on else "Offered"),
        ),
        rows,
    )
)
