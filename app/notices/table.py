"""The list of letters as a file."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request
from sqlalchemy.orm import Session

from app.notices import queries
from app.notices.models import Notice
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Notice]:
    """Read every letter that the list shows under its filter."""
    text, before = request.args.get("text", "")[:80].replace("\0", ""), ""
    while True:
        found = queries.list_notices(session, actor, text=text, before=before, size=STRETCH)
        yield from found[:STRETCH]
        if len(found) <= STRETCH:
            return
        before = found[STRETCH - 1].id


tables.add(
    Table(
        "notices.list_staff",
        "Letters",
        (
            Column("number", "Number", lambda row: row.number),
            Column("title", "Title", lambda row: row.title),
            Column("recipient", "To", lambda row: row.recipient_name),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("state", "State", lambda row: row.state),
            Column("promised_at", "Promised", lambda row: row.promised_at),
            Column("issued_at", "Issued", lambda row: row.issued_at),
            Column("digest", "Fingerprint of the PDF", lambda row: row.pdf_digest),
        ),
        rows,
    )
)
