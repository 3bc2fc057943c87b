"""The link under which a person's own calendar is read."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class CalendarLink(Base):
    """A person's link; a new one takes its place, and the old address then leads nowhere."""

    __tablename__ = "calendar_links"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), unique=True)
    created_at: Mapped[dt.datetime]
