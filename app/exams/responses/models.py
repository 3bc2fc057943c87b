"""Response files as they were imported, and the sheets they held."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Candidate
from app.exams.responses.states import CheckState, Doubt, ImportState
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

    `answers` holds a sign for each item of the examination in its order, see packing.py; `series` is the
    booklet series whose printed numbers were turned to items, `bundle` the bundle the sheet came in, both
    empty where there is none. `digest` covers the examination, the candidate's number, answers and series.
    """

    __tablename__ = "response_sheets"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest"),)

    import_id: Mapped[str] = mapped_column(ForeignKey("response_imports.id"), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), primary_key=True, index=True)
    answers: Mapped[str]
    series: Mapped[str] = mapped_column(String(40), default="")
    bundle: Mapped[str] = mapped_column(String(40), default="")
    digest: Mapped[str] = mapped_column(String(64))


class ResponseCheck(Base):
    """A file that was received to be looked at; nothing of it counts before somebody confirmed it.

    `problems` and `absent_numbers` hold the first of each, `report` names the report of every row in the
    file store. Who confirmed it said with it what `accepts_absent` and `reason` hold.
    """

    __tablename__ = "response_checks"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest"),
        CheckConstraint("(state = 'received') = (checked_at IS NULL)", name="checked"),
        CheckConstraint("(state = 'imported') = (import_id IS NOT NULL)", name="imported"),
        CheckConstraint("state <> 'refused' OR refusal IS NOT NULL", name="refused"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    left_out: Mapped[list[Any]]
    state: Mapped[CheckState] = mapped_column(state_type(CheckState, "state"))
    rows: Mapped[int] = mapped_column(default=0)
    sheets: Mapped[int] = mapped_column(default=0)
    absent: Mapped[int] = mapped_column(default=0)
    doubtful: Mapped[int] = mapped_column(default=0)
    problem_count: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    absent_numbers: Mapped[list[Any]] = mapped_column(default=list)
    report: Mapped[str | None] = mapped_column(String(64))
    accepts_absent: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime]
    checked_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    confirmed_at: Mapped[dt.datetime | None]
    import_id: Mapped[str | None] = mapped_column(ForeignKey("response_imports.id"))
    refusal: Mapped[str | None]


class DoubtfulMark(Base):
    """A mark that a person has to look at; the sheet stays as it was captured.

    `first` is what the first reading holds and `second` another reading, None without one; `seen` is what
    the file said. `answer` is what one person found, as it would be stored; None while it is open. Where
    `needs_second`, another person has to confirm it before it counts.
    """

    __tablename__ = "doubtful_marks"
    __table_args__ = (
        Index("ix_doubtful_marks_queue", "import_id", "decided_at", "id"),
        UniqueConstraint("import_id", "candidate_id", "item", name="uq_doubtful_marks_item"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (answer IS NULL)",
            name="decided",
        ),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> decided_by", name="two_people"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    import_id: Mapped[str] = mapped_column(ForeignKey("response_imports.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    doubt: Mapped[Doubt] = mapped_column(state_type(Doubt, "doubt"))
    seen: Mapped[str] = mapped_column(String(40))
    first: Mapped[str] = mapped_column(String(40))
    second: Mapped[str | None] = mapped_column(String(40))
    answer: Mapped[str | None] = mapped_column(String(40))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    needs_second: Mapped[bool] = mapped_column(default=False)
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    confirmed_at: Mapped[dt.datetime | None]
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


class SecondReading(Base):
    """Another reading of the same sheets that was compared with an import."""

    __tablename__ = "second_readings"
    __table_args__ = (
        UniqueConstraint("import_id", "digest", name="uq_second_readings_file"),
        CheckConstraint("length(digest) = 64", name="digest"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    import_id: Mapped[str] = mapped_column(ForeignKey("response_imports.id"))
    filename: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    differences: Mapped[int]
    compared_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    compared_at: Mapped[dt.datetime]
    comparer: Mapped[Account | None] = relationship(lazy="raise")


constraints.declare(
    "uq_response_imports_current",
    field="",
    message="Another file of answers was imported at the same moment. Check it before you go on.",
)
constraints.declare(
    "uq_second_readings_file", field="file", message="This reading was compared before: it is the same file."
)
constraints.declare(
    "ck_doubtful_marks_two_people", field="", message="A second person has to confirm what you found."
)
