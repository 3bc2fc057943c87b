"""Reading what receipts are made of: the versions that were received, and their places in the ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.platform.audit import AuditEvent
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application, ApplicationVersion
from app.recruitment.postings.models import Posting
from app.recruitment.receipts.rules import Receipt

NO_RECEIPT = "This application was not submitted, so there is no receipt."


@dataclass(frozen=True, slots=True)
class Received:
    """One version of an application as it came in; the first one is version 1."""

    version: int
    received_at: dt.datetime
    digest: str
    snapshot: dict[str, Any]


def list_received(session: Session, application: Application) -> list[Received]:
    """List the versions that were received, the latest first; empty for a draft."""
    if application.snapshot is None or application.submitted_at is None:
        return []
    query = (
        select(ApplicationVersion)
        .where(ApplicationVersion.application_id == application.id)
        .order_by(ApplicationVersion.version.desc())
    )
    rows = [
        Received(row.version, row.submitted_at, row.digest, dict(row.snapshot))
        for row in session.scalars(query)
    ]
    latest = Received(
        application.version or 1,
        application.submitted_at,
        str(application.snapshot_digest),
        dict(application.snapshot),
    )
    return rows or [latest]  # what came in before versions were kept has its only one in the application


def get_received(session: Session, application: Application, version: int | None = None) -> Received:
    """Give one version that was received, by default the latest, or raise NotFound."""
    for received in list_received(session, application):
        if version in (None, received.version):
            return received
    raise NotFound(NO_RECEIPT)


def get_receipt(session: Session, application: Application, received: Received) -> Receipt:
    """Give the receipt of a version; the application must be loaded with its posting."""
    return Receipt(
        number=str(application.number),
        version=received.version,
        posting=application.posting.number,
        digest=received.digest,
        received_at=received.received_at,
        zone=application.posting.time_zone,
        ledger_index=_ledger_index(session, application.id, received.digest),
    )


def find_by_number(session: Session, number: str) -> Application | None:
    """Find the application with this number, with its posting and agency, or None."""
    query = (
        select(Application)
        .where(Application.number == number)
        .options(joinedload(Application.posting).joinedload(Posting.agency))
    )
    return session.scalar(query)


def has_received(session: Session) -> bool:
    """Tell whether any application was ever received."""
    query = select(Application.id).where(Application.number.is_not(None)).limit(1)
    return session.scalar(query) is not None


def _ledger_index(session: Session, application_id: str, digest: str) -> int:
    """Give the place of the first event that names this content; 0 when the ledger has none."""
    query = select(AuditEvent).where(AuditEvent.subject == application_id).order_by(AuditEvent.index)
    return next((event.index for event in session.scalars(query) if event.details.get("digest") == digest), 0)
