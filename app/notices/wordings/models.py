"""Versions of the wording of letters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.notices.wordings.states import WordingState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

OPEN = "state <> 'approved'"
EVERYWHERE = "all"


class LetterWording(Base):
    """A version of the passages of one letter in one language, for one agency or (`scope` "all") for all.

    `passages` holds those written anew by name; with none the letter is as shipped.
    `written_by` wrote last; all who did are `writers`.
    """

    __tablename__ = "letter_wordings"
    __table_args__ = (
        UniqueConstraint("template", "language", "scope", "version", name="uq_letter_wordings_version"),
        Index(
            "uq_letter_wordings_open",
            "template",
            "language",
            "scope",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        CheckConstraint("(scope = 'all') = (agency_id IS NULL)", name="scope"),
        CheckConstraint("decided_by IS NULL OR decided_by <> written_by", name="two_people"),
        CheckConstraint("decided_by IS NULL OR decided_by <> submitted_by", name="decider_not_submitter"),
        CheckConstraint("(state = 'approved') = (approved_at IS NOT NULL)", name="approved"),
        CheckConstraint("approved_at IS NULL OR decided_by IS NOT NULL", name="decided"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    template: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(10))
    scope: Mapped[str] = mapped_column(String(40))
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agencies.id"))
    version: Mapped[int]
    passages: Mapped[dict[str, Any]]
    change_note: Mapped[str]
    state: Mapped[WordingState] = mapped_column(state_type(WordingState, "state"))
    written_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    written_at: Mapped[dt.datetime]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decision_reason: Mapped[str]
    approved_at: Mapped[dt.datetime | None]
    agency: Mapped[Agency | None] = relationship(lazy="raise")
    writer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[written_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    writers: Mapped[list[LetterWordingWriter]] = relationship(
        lazy="raise", order_by="LetterWordingWriter.written_at, LetterWordingWriter.written_by"
    )


class LetterWordingWriter(Base):
    """Somebody who wrote at a version, and when last: none of them approves it."""

    __tablename__ = "letter_wording_writers"

    wording_id: Mapped[str] = mapped_column(ForeignKey("letter_wordings.id"), primary_key=True)
    written_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    written_at: Mapped[dt.datetime]
    writer: Mapped[Account] = relationship(lazy="raise")


constraints.declare(
    "uq_letter_wordings_open", field="", message="A version of this letter is being written already."
)
constraints.declare(
    "uq_letter_wordings_version", field="", message="This version was made a moment ago. Look again."
)
constraints.declare(
    "ck_letter_wordings_two_people", field="", message="Somebody other than who wrote it approves a wording."
)
constraints.declare(
    "ck_letter_wordings_decider_not_submitter",
    field="",
    message="Somebody other than who submitted it approves a wording.",
)
