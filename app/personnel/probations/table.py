"""The list of probations as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.appointments.models import Appointment
from app.personnel.probations import queries
from app.personnel.probations.models import ProbationReview
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


@dataclass(frozen=True, slots=True)
class Row:
    """A probation with what was recommended and decided on it."""

    held: Appointment
    review: ProbationReview | None


def rows(session: Session, actor: Actor) -> Iterable[Row]:
    """Read every probation that the list shows."""
    cursor: str | None = ""
    while cursor is not None:
        page = queries.list_running(session, actor, cursor=cursor, size=STRETCH)
        reviews = queries.map_reviews(session, [row.id for row in page.rows])
        yield from (Row(row, reviews.get(row.id)) for row in page.rows)
        cursor = page.next


tables.add(
    Table(
        "personnel.probations.list_staff",
        "Probations",
        (
            Column("number", "Employee number", lambda row: row.held.employee.number),
            Column("name", "Employee", lambda row: row.held.employee.name),
            Column("agency", "Agency", lambda row: row.held.agency.name),
            Column("position", "Position", lambda row: row.held.position.number),
            Column("title", "Title", lambda row: row.held.position.title),
            Column("starts_on", "First day", lambda row: row.held.starts_on),
            Column("ends_on", "Probation ends", lambda row: row.held.probation_ends_on),
            Column("decide_by", "Decide by", lambda row: row.review and row.review.decide_by),
            Column("recommended", "Recommended", lambda row: row.review and row.review.recommended.title),
            Column("outcome", "Decided", lambda row: _decided(row.review)),
        ),
        rows,
    )
)


def _decided(review: ProbationReview | None) -> str:
    return review.outcome.title if review is not None and review.outcome is not None else ""
