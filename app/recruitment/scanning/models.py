"""What the virus scanner said of a file, once for each content."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.antivirus import Verdict
from app.platform.db import Base
from app.platform.types import state_type


class ScannedFile(Base):
    """A stored file by its digest; without a row it was kept where there was no scanner."""

    __tablename__ = "scanned_files"
    __table_args__ = (
        Index("ix_scanned_files_waiting", "verdict", "asked_at"),
        CheckConstraint("length(digest) = 64", name="digest"),
    )

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(state_type(Verdict, "verdict"))
    asked_at: Mapped[dt.datetime]
