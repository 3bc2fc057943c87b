"""Text typed into forms whose session had ended: sealed with keys that are not here, for a while."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.platform.db import Base
from app.platform.rows import insert_once

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
    """Keep what was typed on a page, in place of what was kept under the same digest before."""
    values = {"path": path, "sealed": sealed, "expires_at": expires_at}
    if not insert_once(session, TypedText, key_digest=key_digest, **values):
        session.execute(update(TypedText).where(TypedText.key_digest == key_digest).values(**values))


def find(session: Session, key_digest: str, at: dt.datetime) -> str | None:
    """Find what is kept under a digest, still sealed, or None."""
    row = session.get(TypedText, key_digest)
    return row.sealed if row and row.expires_at > at else None


def drop(session: Session, key_digest: str) -> None:
    """Drop what is kept under a digest, if anything is."""
    session.execute(delete(TypedText).where(TypedText.key_digest == key_digest))


def purge(session: Session, at: dt.datetime) -> int:
    """Drop what nobody came back for, a batch at a time; gives how many there were."""
    query = select(TypedText.key_digest).where(TypedText.expires_at <= at).limit(BATCH)
    expired = list(session.scalars(query))
    session.execute(delete(TypedText).where(TypedText.key_digest.in_(expired)))
    return len(expired)
