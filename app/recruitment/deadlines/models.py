"""Which reminders were sent: each kind once for each closing of each draft."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.deadlines.rules import Reminder


class DraftReminder(Base):
    """A reminder that was promised; a closing that moves is another closing, with reminders of its own."""

    __tablename__ = "draft_reminders"

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    kind: Mapped[Reminder] = mapped_column(state_type(Reminder, "kind"), primary_key=True)
    closes_at: Mapped[dt.datetime] = mapped_column(primary_key=True)
    sent_at: Mapped[dt.datetime]
