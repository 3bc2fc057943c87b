"""Changes of a mail address that wait to be confirmed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class AddressChange(Base):
    """A wish for another address; it is fulfilled when both addresses have confirmed it."""

    __tablename__ = "address_changes"
    __table_args__ = (
        Index(
            "uq_address_changes_open",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint(
            "done_at IS NULL OR (old_confirmed_at IS NOT NULL AND new_confirmed_at IS NOT NULL)",
            name="done_when_both_confirmed",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    email: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[dt.datetime]
    old_token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    new_token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    old_confirmed_at: Mapped[dt.datetime | None]
    new_confirmed_at: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
