"""How far the screening of each vacancy has come, as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.platform.actors import Actor
from app.recruitment.applications import queries
from app.recruitment.postings.models import Posting
from app.web import tables
from app.web.tables import STRETCH, Column, Table


@dataclass(frozen=True, slots=True)
class Line:
    """A vacancy with its applications, counted by outcome."""

    posting: Posting
    counts: dict[str, int]


def rows(session: Session, actor: Actor) -> Iterable[Line]:
    """Read every vacancy that the overview shows."""
    before = ""
    while True:
        found, before = queries.list_postings(session, actor, before=before, size=STRETCH)
        counts = queries.count_by_outcome(session, [row.id for row in found])
        for row in found:
            yield Line(row, counts[row.id])
        if not before:
            return


tables.add(
    Table(
        "recruitment.applications.list_staff",
        "Screening",
        (
            Column("number", "Number", lambda row: row.posting.number),
            Column("title", "Vacancy", lambda row: row.posting.title),
            Column("agency", "Agency", lambda row: row.posting.agency.name),
            Column("closes_at", "Closes or closed", lambda row: row.posting.closes_at),
            Column("received", "Received", lambda row: sum(row.counts.values())),
            Column("pending", "To screen", lambda row: row.counts["pending"]),
            Column("eligible", "Eligible", lambda row: row.counts["eligible"]),
            Column("ineligible", "Not eligible", lambda row: row.counts["ineligible"]),
        ),
        rows,
    )
)
