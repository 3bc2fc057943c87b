"""The files of a disciplinary case."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class Purpose(enum.Enum):
    """What a file is for: what the proposal relies on, the proof of delivery, or what a reply brings."""

    EVIDENCE = "evidence"
    DELIVERY = "delivery"
    REPLY = "reply"


class CaseFile(Base):
    """A file kept by its digest; the same file serves a purpose in a case once."""

    __tablename__ = "case_files"
    __table_args__ = (
        UniqueConstraint("case_id", "purpose", "digest", name="uq_case_files_digest"),
        CheckConstraint("size > 0", name="size"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"))
    purpose: Mapped[Purpose] = mapped_column(state_type(Purpose, "purpose"))
    title: Mapped[str] = mapped_column(String(200))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[dt.datetime]


constraints.declare("uq_case_files_digest", field="file", message="This file stands in the case already")
