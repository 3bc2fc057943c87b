"""Reading who opened a personnel file, and how a person's service stands in one line."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.service_records.models import ServiceRecord
from app.platform.audit import AuditEvent

OPEN_FILE = "personnel.service_records.open_file"
OPEN_PAPER = "personnel.documents.download"
MOST_SHOWN = 100


def find_newest(session: Session, employee_id: str) -> ServiceRecord | None:
    """Find the record with which a person's history ends as it is known now; it may lie ahead."""
    return session.scalar(
        select(ServiceRecord)
        .where(ServiceRecord.employee_id == employee_id, ServiceRecord.superseded_at.is_(None))
        .order_by(ServiceRecord.valid_from.desc())
        .limit(1)
    )


def list_openings(session: Session, employee_id: str) -> list[AuditEvent]:
    """List who opened a person's file, the latest first."""
    return list(
        session.scalars(
            select(AuditEvent)
            .where(AuditEvent.subject == employee_id, AuditEvent.action.in_((OPEN_FILE, OPEN_PAPER)))
            .order_by(AuditEvent.index.desc())
            .limit(MOST_SHOWN)
        )
    )


def was_opened(
    session: Session, employee_id: str, page: str, actor_id: str | None, since: dt.datetime
) -> bool:
    """Tell whether somebody's opening of a page of a file was noted since a moment."""
    found = select(AuditEvent.index).where(
        AuditEvent.subject == employee_id,
        AuditEvent.action == OPEN_FILE,
        AuditEvent.actor_id == actor_id,
        AuditEvent.at >= since,
        AuditEvent.details["page"].as_string() == page,
    )
    return session.scalar(found.limit(1)) is not None


def say_opening(event: AuditEvent) -> str:
    """Say what was opened: a paper, the record as a whole, or one of its pages."""
    if event.action == OPEN_PAPER:
        return "Opened a paper"
    title = desk.find_title(str(event.details.get("page", "")))
    return f"Opened the page “{title}”" if title else "Opened the record"
