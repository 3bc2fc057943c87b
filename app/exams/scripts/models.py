"""Scripts under blind codes, and the files that show them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.exams.examinations.models import Candidate
from app.exams.panels.models import Panel
from app.exams.scripts.states import ScriptState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class Script(Base):
    """What one candidate is rated on by one panel.

    `code` is drawn at random and follows from nothing; `salt` keeps the sealed map of codes from being
    guessed. The mark is numerator/denominator of the component. `is_disputed` says that the first ratings
    lie further apart than the rulebook bears.
    """

    __tablename__ = "scripts"
    __table_args__ = (
        UniqueConstraint("panel_id", "candidate_id", name="uq_scripts_candidate_id"),
        UniqueConstraint("panel_id", "code", name="uq_scripts_code"),
        Index("ix_scripts_state", "panel_id", "state"),
        CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name="whole_mark"),
        CheckConstraint("(state = 'marked') = (numerator IS NOT NULL)", name="marked"),
        CheckConstraint("(state = 'absent') = (absence IS NOT NULL)", name="absent_with_reason"),
        CheckConstraint("denominator IS NULL OR denominator >= 1", name="denominator"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    panel_id: Mapped[str] = mapped_column(ForeignKey("panels.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), index=True)
    code: Mapped[str] = mapped_column(String(12))
    salt: Mapped[str] = mapped_column(String(32))
    state: Mapped[ScriptState] = mapped_column(state_type(ScriptState, "state"))
    is_disputed: Mapped[bool]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    absence: Mapped[str | None]
    entered_at: Mapped[dt.datetime]
    panel: Mapped[Panel] = relationship(lazy="raise")
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    files: Mapped[list[ScriptFile]] = relationship(lazy="raise", order_by="ScriptFile.uploaded_at")


class ScriptFile(Base):
    """A scanned script or a part of it; a removed one keeps its row. Raters never see `filename`."""

    __tablename__ = "script_files"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    script_id: Mapped[str] = mapped_column(ForeignKey("scripts.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    uploaded_at: Mapped[dt.datetime]
    removed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    removed_at: Mapped[dt.datetime | None]
    script: Mapped[Script] = relationship(lazy="raise", viewonly=True)


constraints.declare("uq_scripts_code", field="", message="Two blind codes came out the same. Try again.")
constraints.declare(
    "uq_scripts_candidate_id", field="", message="Somebody else took these candidates in just now."
)
