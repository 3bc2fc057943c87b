"""The applications to a vacancy as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.platform.actors import Actor
from app.recruitment.applications import queries
from app.recruitment.applications.forms import ListFilter
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Screening
from app.web import tables
from app.web.tables import STRETCH, Column, Table

PEOPLE = "recruitment.applications.show_staff"


def rows(session: Session, actor: Actor) -> Iterable[Application]:
    """Read every application that the list shows under its filters."""
    filters = ListFilter()
    outcome = filters.outcome.data or ""
    wanted = queries.Filters(
        screening=Screening(outcome) if outcome not in ("", "withdrawn") else None,
        is_withdrawn=outcome == "withdrawn",
        text=filters.text.data or "",
    )
    posting = queries.get_posting(session, tables.asked("posting_id"), actor)
    after = ""
    while True:
        page = queries.list_for_posting(session, posting.id, actor, wanted, after=after, size=STRETCH)
        yield from page.rows
        if not page.next_after:
            return
        after = page.next_after


tables.add(
    Table(
        "recruitment.applications.list_posting",
        "Applications",
        (
            Column("number", "Number", lambda row: row.number),
            Column("name", "Applicant", lambda row: row.applicant_name),
            Column("email", "E-mail address", lambda row: row.applicant_email, PEOPLE),
            Column("submitted_at", "Received", lambda row: row.submitted_at),
            Column("submission", "Submission", lambda row: row.submission),
            Column("screening", "Screening", lambda row: row.screening),
            Column("assessment", "Examination", lambda row: row.assessment),
            Column("standing", "Standing", lambda row: row.standing),
            Column("placement", "Placement", lambda row: row.placement),
        ),
        rows,
        place="posting_id",
    )
)
