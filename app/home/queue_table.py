"""The work queue as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.home import queries
from app.home.forms import QueueFilter
from app.home.waiting import Item, Wanted, list_kinds
from app.platform import clock
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of work with the name of its agency."""

    item: Item
    agency: str


def rows(session: Session, actor: Actor) -> Iterable[Line]:
    """Read every piece of work that the queue shows under its filters, in its order."""
    at = clock.now()
    waiting = queries.list_waiting(session, actor, at)
    everything = queries.list_items(session, actor, Wanted(), at, waiting, is_whole=True)
    agencies = queries.load_agencies(session, sorted({item.agency_id for item in everything}))
    kinds = [(kind.key, kind.text) for kind in list_kinds()]
    filters = QueueFilter.about(kinds, agencies.values())
    shown = everything
    if filters.is_used:
        shown = queries.list_items(session, actor, filters.wanted, at, waiting, is_whole=True)
    for item in shown:
        yield Line(item, agencies[item.agency_id].name if item.agency_id in agencies else "All")


tables.add(
    Table(
        "home.staff",
        "Work queue",
        (
            Column("kind", "Kind of work", lambda row: row.item.kind.text),
            Column("label", "About", lambda row: row.item.label),
            Column("agency", "Agency", lambda row: row.agency),
            Column("since", "Waiting since", lambda row: row.item.since),
            Column("due", "Deadline", lambda row: row.item.due),
            Column("overdue", "Overdue", lambda row: row.item.is_overdue),
        ),
        rows,
    )
)
