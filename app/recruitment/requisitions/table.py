"""The list of requisitions as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.platform.actors import Actor
from app.recruitment.requisitions import queries
from app.recruitment.requisitions.forms import RequisitionFilterForm
from app.recruitment.requisitions.models import Requisition
from app.recruitment.requisitions.states import RequisitionState
from app.web import tables
from app.web.forms import named
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Requisition]:
    """Read every requisition that the list shows under its filters."""
    agencies = list_agencies_for(session, actor, queries.READ)
    filters = RequisitionFilterForm(choices={"agency": named(agencies)})
    wanted = queries.Filters(
        state=RequisitionState(filters.state.data) if filters.state.data else None,
        agency_id=filters.agency.data or "",
        text=filters.text.data or "",
    )
    return tables.all_pages(
        lambda cursor: queries.list_requisitions(session, actor, wanted, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "recruitment.requisitions.list_staff",
        "Requisitions",
        (
            Column("number", "Number", lambda row: row.number),
            Column("title", "Title", lambda row: row.title),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("positions", "Positions", lambda row: len(row.entries)),
            Column("creator", "Written by", lambda row: row.creator.name),
            Column("state", "State", lambda row: row.state.title),
        ),
        rows,
    )
)
