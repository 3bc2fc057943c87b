"""Notices: each promised in the transaction of the act it tells of, then rendered once and kept."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.notices.wordings import models as _wordings  # noqa: F401 - a letter names its wording
from app.platform.db import Base
from app.platform.types import state_type


class NoticeState(enum.Enum):
    PROMISED = "promised"
    ISSUED = "issued"


class Notice(Base):
    """A letter to one person; `context` is frozen when it is promised, the digests when it is rendered."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_recipient", "account_id", "promised_at", "id"),
        Index("ix_notices_subject", "subject", "promised_at", "id"),
        CheckConstraint("(state = 'issued') = (html_digest IS NOT NULL)", name="issued_iff_rendered"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    template: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(40))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    recipient_name: Mapped[str] = mapped_column(String(200))
    recipient_email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(20))
    context: Mapped[dict[str, Any]]
    state: Mapped[NoticeState] = mapped_column(state_type(NoticeState, "state"))
    promised_at: Mapped[dt.datetime]
    issued_at: Mapped[dt.datetime | None]
    html_digest: Mapped[str | None] = mapped_column(String(64))
    pdf_digest: Mapped[str | None] = mapped_column(String(64))
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    wording_id: Mapped[str | None] = mapped_column(ForeignKey("letter_wordings.id"))  # None: as shipped
    agency: Mapped[Agency] = relationship(lazy="raise")
