"""Reading who opened a personnel file, and how a person's service stands in one line."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel.service_records.models import ServiceRecord
from app.platform.audit import AuditEvent

OPENED = {
    "personnel.service_records.open_file": "Opened the record",
    "personnel.documents.download": "Opened a paper",
}
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
            .where(AuditEvent.subject == employee_id, AuditEvent.action.in_(OPENED))
            .order_by(AuditEvent.index.desc())
            .limit(MOST_SHOWN)
        )
    )


def was_opened(session: Session, employee_id: str, actor_id: str | None, since: dt.datetime) -> bool:
    """Tell whether somebody's opening of a file was noted since a moment."""
    found = select(AuditEvent.index).where(
        AuditEvent.subject == employee_id,
        AuditEvent.action == "personnel.service_records.open_file",
        AuditEvent.actor_id == actor_id,
        AuditEvent.at >= since,
    )
    return session.scalar(found.limit(1)) is not None
