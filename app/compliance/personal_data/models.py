"""Copies of what is held about a person, made by a job and kept for some days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.compliance.personal_data.states import CopyState
from app.platform.db import Base
from app.platform.types import state_type


class PersonalDataCopy(Base):
    """One copy; `files` maps a form (json, pdf, zip) to its digest and size in the file store."""

    __tablename__ = "personal_data_copies"
    __table_args__ = (
        Index("ix_personal_data_copies_account", "account_id", "asked_at", "id"),
        CheckConstraint("(state = 'asked') = (made_at IS NULL)", name="made_once_ready"),
        CheckConstraint("(state = 'ready') = (files IS NOT NULL)", name="files_while_ready"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[CopyState] = mapped_column(state_type(CopyState, "state"))
    asked_at: Mapped[dt.datetime]
    steps_done: Mapped[int]
    steps: Mapped[int]
    made_at: Mapped[dt.datetime | None]
    expires_at: Mapped[dt.datetime | None]
    files: Mapped[dict[str, Any] | None]
