"""The list of merit lists as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.exams.merit_lists import queries
from app.exams.merit_lists.forms import ListFilterForm
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[MeritList]:
    """Read every merit list that the page shows under its filter."""
    chosen, before = ListFilterForm().state.data, ""
    state = ListState(chosen) if chosen else None
    while True:
        found, before = queries.list_lists(session, actor, state=state, before=before, size=STRETCH)
        yield from found
        if not before:
            return


tables.add(
    Table(
        "exams.merit_lists.list_staff",
        "Merit lists",
        (
            Column("number", "Examination", lambda row: row.examination.number),
            Column("title", "Title", lambda row: row.examination.title),
            Column("agency", "Agency", lambda row: row.examination.agency.name),
            Column("version", "Version", lambda row: row.version),
            Column("passed", "Passed", lambda row: row.passed),
            Column("ranked", "Ranked", lambda row: row.ranked),
            Column("expires_on", "In force until", lambda row: row.expires_on),
            Column("state", "State", lambda row: row.state),
        ),
        rows,
    )
)
