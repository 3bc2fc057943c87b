"""Notes on candidates; none is ever changed."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Candidate
from app.platform.db import Base
from app.platform.types import state_type


class Audience(enum.Enum):
    """Who reads a note besides its writer and the auditor."""

    READERS = "readers"
    APPROVERS = "approvers"
    WRITER = "writer"


class ListNote(Base):
    """What an officer noted on a candidate, while looking at a version of the list."""

    __tablename__ = "list_notes"
    __table_args__ = (Index("ix_list_notes_candidate", "candidate_id", "written_at", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    list_id: Mapped[str] = mapped_column(ForeignKey("merit_lists.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    audience: Mapped[Audience] = mapped_column(state_type(Audience, "audience"))
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    written_at: Mapped[dt.datetime]
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    writer: Mapped[Account | None] = relationship(lazy="raise")
