"""The audit trail: append-only, hash-chained, written in the same transaction as what it tells of."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import DDL, Index, String, event, func, insert, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.platform import db
from app.platform.actors import Actor
from app.platform.db import Base, BigKey

GENESIS = "0" * 64
# One number names the chain's lock on PostgreSQL; any constant does as long as nobody else uses it.
CHAIN_LOCK = 7_405_001


class AuditEvent(Base):
    """One recorded act; `digest` covers the act and the digest before it."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_subject", "subject", "index"),
        Index("ix_audit_events_action", "action", "index"),
        Index("ix_audit_events_actor", "actor_id", "index"),
        Index("ix_audit_events_agency", "agency_id", "index"),
    )

    index: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime]
    action: Mapped[str] = mapped_column(String(120))
    actor_id: Mapped[str | None] = mapped_column(String(40))
    actor_name: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(40))
    agency_id: Mapped[str | None] = mapped_column(String(40))
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain fails: the index of the first bad event and why."""

    index: int
    reason: str


def record(
    session: Session,
    action: str,
    *,
    actor: Actor,
    at: dt.datetime,
    subject: str,
    agency_id: str | None = None,
    **details: Any,
) -> None:
    """Record an act on `subject` (a typed id); it takes its place in the chain at the commit.

    `details` must be plain JSON values; personal data does not belong in them.
    """
    event_row = {
        "at": at,
        "action": action,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "subject": subject,
        "agency_id": agency_id,
        "details": json.loads(canonical(details)),
    }
    session.info.setdefault("audit", []).append(event_row)
    db.before_commit(session, "audit", _append)


def canonical(value: Any) -> str:
    """Write JSON in the one form that digests are taken of: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def event_digest(previous: str, index: int, row: dict[str, Any]) -> str:
    """Give the SHA-256, in hexadecimal, of an event and of the digest before it."""
    body = {key: row[key] for key in ("action", "actor_id", "actor_name", "subject", "agency_id", "details")}
    body |= {"at": row["at"].astimezone(dt.UTC).isoformat(), "index": index, "previous": previous}
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def verify(events: Iterable[AuditEvent], *, previous: str = GENESIS, index: int = 0) -> Break | None:
    """Recompute the chain over events in order of index and give the first break, or None."""
    for row in events:
        index += 1
        values = {column.key: getattr(row, column.key) for column in AuditEvent.__table__.columns}
        if row.index != index:
            return Break(index, f"Event {index} is missing: the next one is {row.index}.")
        if row.previous != previous:
            return Break(index, f"Event {index} does not follow the event before it.")
        if event_digest(previous, index, values) != row.digest:
            return Break(index, f"Event {index} was changed after it was written.")
        previous = row.digest
    return None


def read_chain(session: Session) -> Iterator[AuditEvent]:
    """Read every event in order, a thousand at a time."""
    return iter(
        session.scalars(select(AuditEvent).order_by(AuditEvent.index).execution_options(yield_per=1000))
    )


def _append(session: Session) -> None:
    rows = session.info.pop("audit", [])
    if not db.current().is_sqlite:
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    last = session.scalar(select(AuditEvent).order_by(AuditEvent.index.desc()).limit(1))
    index, previous = (last.index, last.digest) if last else (0, GENESIS)
    for row in rows:
        index += 1
        row |= {"index": index, "previous": previous, "digest": event_digest(previous, index, row)}
        previous = row["digest"]
    session.execute(insert(AuditEvent), rows)


def count_events(session: Session) -> int:
    """Count the events of the whole chain."""
    return session.scalar(select(func.max(AuditEvent.index))) or 0


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "value"):
        return value.value
    raise TypeError(f"The audit trail holds plain values, not {type(value).__name__}.")


SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER audit_events_no_{verb.lower()} BEFORE {verb} ON audit_events "
    "BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRES_GUARDS = (
    "CREATE FUNCTION audit_events_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'The audit trail is append-only.'; END $$",
    "CREATE TRIGGER audit_events_guard BEFORE UPDATE OR DELETE ON audit_events "
    "FOR EACH ROW EXECUTE FUNCTION audit_events_append_only()",
)
for guard in SQLITE_GUARDS:
    event.listen(AuditEvent.__table__, "after_create", DDL(guard).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
for guard in POSTGRES_GUARDS:
    event.listen(AuditEvent.__table__, "after_create", DDL(guard).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
