"""Files that people upload, noted when they come, so that those which nothing names can be swept."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.platform import clock, storage
from app.platform.db import Base, transaction
from app.platform.rows import insert_once

BATCH = 500
# These speak of a file, but do not keep it: the note itself, the scanner's word, the chain of the ledger.
NO_NAMES = frozenset({"uploads", "scanned_files", "audit_events"})


class Upload(Base):
    """A file that somebody sent, by its digest, and when it came last."""

    __tablename__ = "uploads"
    __table_args__ = (Index("ix_uploads_kept_at", "kept_at"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kept_at: Mapped[dt.datetime]


def keep(content: bytes) -> str:
    """Put an uploaded file into the store, before anything names it, and give its digest."""
    digest, at = storage.current().put(content), clock.now()
    with transaction() as session:
        if not insert_once(session, Upload, digest=digest, kept_at=at):
            session.execute(update(Upload).where(Upload.digest == digest).values(kept_at=at))
    return digest


def take_old(session: Session, before: dt.datetime, after: str = "") -> list[str]:
    """Give a batch of files that came before a moment, in the order of their digests."""
    query = select(Upload.digest).where(Upload.kept_at < before, Upload.digest > after)
    return list(session.scalars(query.order_by(Upload.digest).limit(BATCH)))


def named_among(session: Session, digests: list[str]) -> set[str]:
    """Give those of the digests that a row of any other table names.

    Every column as long as a digest is asked, so that no table has to tell that it names files.
    """
    named: set[str] = set()
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if table.name not in NO_NAMES and getattr(column.type, "length", None) == 64:
                named |= set(session.scalars(select(column).where(column.in_(digests)).distinct()))
    return named


def forget(session: Session, digests: list[str]) -> None:
    """Note no longer that these came: they are swept, or named for good."""
    session.execute(delete(Upload).where(Upload.digest.in_(digests)))
