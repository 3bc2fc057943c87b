"""Text typed into forms whose session had ended: sealed with keys that are not here, for a while."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.platform.db import Base

BATCH = 1000


class TypedText(Base):
    """What was typed into one form, sealed with a key that is not here."""

    __tablename__ = "typed_texts"
    __table_args__ = (Index("ix_typed_texts_expires_at", "expires_at"),)

    key_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    path: Mapped[str] = mapped_column(String(300))
    sealed: Mapped[str]
    expires_at: Mapped[dt.datetime]


def put(session: Session, key_digest: str, *, path: str, sealed: str, expires_at: dt.datetime) -> None:
    """Keep what was typed on a page."""
    session.add(TypedText(key_digest=key_digest, path=path, sealed=sealed, expires_at=expires_at))


def find(session: Session, key_digest: str, path: str, at: dt.datetime) -> str | None:
    """Find what was typed on a page under a key, still sealed, or None."""
    row = session.get(TypedText, key_digest)
    return row.sealed if row and row.path == path and row.expires_at > at else None


def drop(session: Session, key_digest: str, path: str) -> bool:
    """Drop what was typed on a page under a key; False when there is nothing."""
    row = session.get(TypedText, key_digest)
    if row is None or row.path != path:
        return False
    session.delete(row)
    return True


def purge(session: Session, at: dt.datetime) -> int:
    """Drop what nobody came back for, a batch at a time; gives how many there were."""
    query = select(TypedText.key_digest).where(TypedText.expires_at <= at).limit(BATCH)
    expired = list(session.scalars(query))
    session.execute(delete(TypedText).where(TypedText.key_digest.in_(expired)))
    return len(expired)
