"""The list of sessions of courses as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from app.personnel.course_enrolments.queries import count_seats
from app.personnel.course_sessions import queries
from app.personnel.course_sessions.models import CourseSession
from app.platform import clock
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


@dataclass(frozen=True, slots=True)
class Line:
    """A session, how many seats are taken and how many people wait."""

    held: CourseSession
    taken: int
    waiting: int


def rows(session: Session, actor: Actor) -> Iterable[Line]:
    """Read every session to come, or every one that is over, as the list shows them."""
    is_past, at, cursor = request.args.get("when") == "past", clock.now(), ""
    while True:
        page = queries.list_sessions(session, actor, is_past=is_past, at=at, cursor=cursor, size=STRETCH)
        seats = count_seats(session, [held.id for held in page.rows])
        for held in page.rows:
            yield Line(held, *seats.get(held.id, (0, 0)))
        if page.next is None:
            return
        cursor = page.next


tables.add(
    Table(
        "personnel.course_sessions.list_staff",
        "Sessions of courses",
        (
            Column("course", "Course", lambda row: row.held.course.title),
            Column("starts_at", "Begins", lambda row: row.held.starts_at),
            Column("place", "Place", lambda row: row.held.place),
            Column("seats", "Seats", lambda row: row.held.seats),
            Column("taken", "Taken", lambda row: row.taken),
            Column("waiting", "Waiting", lambda row: row.waiting),
            Column("state", "State", lambda row: row.held.state.title),
        ),
        rows,
    )
)
