"""Photographs for admit cards."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base

LIVE = "removed_at IS NULL"


class Photograph(Base):
    """A person's photograph; `digest` names its file, already cropped; a newer one replaces it."""

    __tablename__ = "photographs"
    __table_args__ = (
        Index(
            "uq_photographs_live",
            "account_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]
