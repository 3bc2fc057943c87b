"""A person's own papers, apart from those of any application."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class Paper(Base):
    """An uploaded file of a person; `digest` names its content in the store, a removed one keeps its row."""

    __tablename__ = "papers"
    __table_args__ = (Index("ix_papers_account", "account_id", "uploaded_at", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str] = mapped_column(String(40))
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    expires_on: Mapped[dt.date | None]
    uploaded_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]
