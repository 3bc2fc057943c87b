"""What leaves a mark when it is read: each view and download of the trail is an event of its own."""

from __future__ import annotations

import csv
import datetime as dt
import io

from sqlalchemy.orm import Session

from app.compliance.ledger.queries import Filters
from app.platform import audit
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.spreadsheets import guarded

COLUMNS = ("index", "at", "action", "actor_id", "actor_name", "subject", "agency_id", "details", "digest")


def record_view(
    session: Session, action: str, *, actor: Actor, at: dt.datetime, filters: Filters, purpose: str = ""
) -> None:
    """Record who looked at which part of the trail, and for a download why."""
    asked = {
        name: value.isoformat() if isinstance(value, dt.datetime) else value
        for name in Filters.__slots__
        if (value := getattr(filters, name))
    }
    audit.record(
        session,
        f"compliance.ledger.{action}",
        actor=actor,
        at=at,
        subject=actor.id or "",
        filters=asked,
        **({"purpose": purpose} if purpose else {}),
    )


def write_csv(events: list[AuditEvent]) -> bytes:
    """Write events as CSV in UTF-8 with a byte order mark; a cell is never a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for event in events:
        values = [getattr(event, column) for column in COLUMNS]
        writer.writerow([_cell(value) for value in values])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    text = audit.canonical(value) if isinstance(value, dict) else "" if value is None else str(value)
    return guarded(text)
