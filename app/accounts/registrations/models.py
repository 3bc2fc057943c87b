"""Accounts that were asked for and wait for their mail address to answer."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class Registration(Base):
    """Who asked for an account; there is a row, and an answer, whether or not the address has one already.

    The token and the code leave by mail alone: the row knows their digests, and none while the mail waits.
    """

    __tablename__ = "registrations"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12))
    next_path: Mapped[str]
    asked_at: Mapped[dt.datetime] = mapped_column(index=True)
    mailed_at: Mapped[dt.datetime | None]
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_digest: Mapped[str | None] = mapped_column(String(64))
    used_at: Mapped[dt.datetime | None]
