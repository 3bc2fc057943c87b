"""The list of pay scales as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.pay_scales import queries
from app.personnel.pay_scales.models import PayScale
from app.platform import clock
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


@dataclass(frozen=True, slots=True)
class Line:
    """A scale, and since when its figures are in force."""

    scale: PayScale
    since: dt.date | None


def rows(session: Session, actor: Actor) -> Iterable[Line]:
    """Read every scale that the list shows."""
    today, cursor = clock.now().date(), ""
    while True:
        page = queries.list_scales(session, actor, cursor=cursor, size=STRETCH)
        current = queries.map_current(session, [row.id for row in page.rows], today)
        for row in page.rows:
            yield Line(row, current.get(row.id))
        if page.next is None:
            return
        cursor = page.next


tables.add(
    Table(
        "personnel.pay_scales.list_staff",
        "Pay scales",
        (
            Column("title", "Title", lambda row: row.scale.title),
            Column("code", "Code", lambda row: row.scale.code),
            Column("agency", "Agency", lambda row: row.scale.agency.name),
            Column("currency", "Currency", lambda row: row.scale.currency),
            Column("period", "Pay period", lambda row: row.scale.period.title),
            Column("since", "In force since", lambda row: row.since),
        ),
        rows,
    )
)
