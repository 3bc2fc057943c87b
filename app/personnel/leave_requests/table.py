"""The list of requests for leave as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests import queries
from app.personnel.leave_requests.forms import RequestFilterForm
from app.personnel.leave_requests.models import LeaveRequest
from app.personnel.leave_requests.states import RequestState
from app.platform.actors import Actor
from app.web import tables
from app.web.forms import named
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[LeaveRequest]:
    """Read every request that the list shows under its filters."""
    agencies = list_agencies_for(session, actor, queries.READ)
    filters = RequestFilterForm(choices={"agency": named(agencies)})
    wanted = queries.Wanted(
        agency_id=filters.agency.data or "",
        state=RequestState(filters.state.data) if filters.state.data else None,
        kind=LeaveKind(filters.kind.data) if filters.kind.data else None,
        text=filters.text.data or "",
    )
    return tables.all_pages(
        lambda cursor: queries.list_requests(session, actor, wanted, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.leave_requests.list_staff",
        "Requests for leave",
        (
            Column("name", "Person", lambda row: row.employee.name),
            Column("starts_on", "From", lambda row: row.starts_on),
            Column("ends_on", "To", lambda row: row.ends_on),
            Column("kind", "Kind", lambda row: row.kind.title),
            Column("minutes", "Minutes", lambda row: row.minutes),
            Column("state", "State", lambda row: row.state.title),
        ),
        rows,
    )
)
