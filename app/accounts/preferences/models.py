"""What a person chose to be told by mail; who chose nothing is told everything."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.preferences.kinds import MailKind
from app.platform.db import Base
from app.platform.types import state_type


class NotificationPreference(Base):
    """One kind of mail, wanted or not."""

    __tablename__ = "notification_preferences"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    kind: Mapped[MailKind] = mapped_column(state_type(MailKind, "kind"), primary_key=True)
    is_wanted: Mapped[bool]
    changed_at: Mapped[dt.datetime]
