"""The list of postings as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.platform.actors import Actor
from app.recruitment.postings import queries
from app.recruitment.postings.forms import StaffFilterForm
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from app.web import tables
from app.web.forms import named
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Posting]:
    """Read every posting that the list shows under its filters."""
    agencies = list_agencies_for(session, actor, queries.READ)
    filters = StaffFilterForm(choices={"agency": named(agencies)})
    wanted = queries.Filters(
        state=PostingState(filters.state.data) if filters.state.data else None,
        agency_id=filters.agency.data or "",
        text=filters.text.data or "",
        is_own=(filters.source.data == "own") if filters.source.data else None,
    )
    return tables.all_pages(
        lambda cursor: queries.list_postings(session, actor, wanted, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "recruitment.postings.list_staff",
        "Postings",
        (
            Column("number", "Number", lambda row: row.number),
            Column("title", "Title", lambda row: row.title),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("class_code", "Class", lambda row: row.class_code),
            Column("grade", "Grade", lambda row: row.grade),
            Column("openings", "Openings", lambda row: row.openings),
            Column("state", "State", lambda row: row.state),
            Column("opens_at", "Opens", lambda row: row.opens_at),
            Column("closes_at", "Closes", lambda row: row.closes_at),
            Column("announced_on", "Announced", lambda row: row.announced_on),
            Column("rulebook", "Rulebook", lambda row: row.rulebook),
            Column("source", "Source", lambda row: row.source),
        ),
        rows,
    )
)
