"""The list of requests for names as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.exams.name_requests import queries
from app.exams.name_requests.forms import RequestFilter
from app.exams.name_requests.models import NameRequest
from app.exams.name_requests.states import RequestState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[NameRequest]:
    """Read every request that the list shows under its filter."""
    chosen = RequestFilter().state.data
    state = RequestState(chosen) if chosen else None
    return tables.all_pages(
        lambda cursor: queries.list_staff(session, actor, state=state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "exams.name_requests.list_staff",
        "Requests for names",
        (
            Column("number", "Requisition", lambda row: row.requisition.number),
            Column("title", "Title", lambda row: row.requisition.title),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("vacancies", "Vacancies", lambda row: row.vacancies),
            Column("asker", "Asked by", lambda row: row.asker.name),
            Column("asked_at", "Asked", lambda row: row.asked_at),
            Column("state", "State", lambda row: row.state),
        ),
        rows,
    )
)
