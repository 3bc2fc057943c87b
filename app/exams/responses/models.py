"""Response files as they were imported, and the sheets they held."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.responses.states import ImportState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

CURRENT = "state = 'current'"


class ResponseImport(Base):
    """A file of answers; `digest` names it in the file store, `reason` says why it replaced another."""

    __tablename__ = "response_imports"
    __table_args__ = (
        Index(
            "uq_response_imports_current",
            "examination_id",
            unique=True,
            sqlite_where=text(CURRENT),
            postgresql_where=text(CURRENT),
        ),
        CheckConstraint("length(digest) = 64", name="digest"),
        CheckConstraint("rows >= 1", name="rows"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    absent: Mapped[int]
    reason: Mapped[str | None]
    state: Mapped[ImportState] = mapped_column(state_type(ImportState, "state"))
    imported_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    imported_at: Mapped[dt.datetime]
    importer: Mapped[Account | None] = relationship(lazy="raise")


class ResponseSheet(Base):
    """One candidate's answers in one import, hashed when they were captured.

    `answers` maps each item's code to what was marked; an empty text is a blank. `digest` covers the
    examination, the candidate's number and the answers.
    """

    __tablename__ = "response_sheets"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest"),)

    import_id: Mapped[str] = mapped_column(ForeignKey("response_imports.id"), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), primary_key=True, index=True)
    answers: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))


constraints.declare(
    "uq_response_imports_current",
    field="",
    message="Another file of answers was imported at the same moment. Check it before you go on.",
)
