"""The list of appeals as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.exams.appeals import queries
from app.exams.appeals.forms import AppealFilter
from app.exams.appeals.models import Appeal
from app.exams.appeals.states import AppealState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Appeal]:
    """Read every appeal that the list shows under its filter."""
    chosen = AppealFilter().state.data
    state = AppealState(chosen) if chosen else None
    return tables.all_pages(
        lambda cursor: queries.list_staff(session, actor, state=state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "exams.appeals.list_staff",
        "Appeals",
        (
            Column(
                "name",
                "Applicant",
                lambda row: row.application.applicant_name or row.application.account.name,
            ),
            Column("vacancy", "Vacancy", lambda row: row.application.posting.title),
            Column("subject", "Against", lambda row: row.subject),
            Column("filed_at", "Sent", lambda row: row.filed_at),
            Column("state", "State", lambda row: str(row.state.title)),
        ),
        rows,
    )
)
