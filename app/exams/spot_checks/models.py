"""Samples of answer sheets, and each sheet's second reading."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Candidate, Examination
from app.exams.responses.models import ResponseImport
from app.exams.spot_checks.states import CheckState, SheetOutcome
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

OPEN = "state = 'open'"


class SpotCheck(Base):
    """A sample of an import's sheets: the `size` lowest lots of `population`, drawn by a public seed.

    `wrong_percent` is the share of wrong sheets that a sample of this size catches in 95 of 100 cases.
    """

    __tablename__ = "spot_checks"
    __table_args__ = (
        Index(
            "uq_spot_checks_open",
            "examination_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        CheckConstraint("size >= 1 AND size <= population", name="size"),
        CheckConstraint("wrong_percent >= 1", name="wrong_percent"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), index=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    import_id: Mapped[str] = mapped_column(ForeignKey("response_imports.id"))
    seed: Mapped[str] = mapped_column(String(200))
    wrong_percent: Mapped[int]
    population: Mapped[int]
    size: Mapped[int]
    state: Mapped[CheckState] = mapped_column(state_type(CheckState, "state"))
    drawn_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    drawn_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    examination: Mapped[Examination] = relationship(lazy="raise")
    response_import: Mapped[ResponseImport] = relationship(lazy="raise")
    drawer: Mapped[Account | None] = relationship(lazy="raise")


class SpotCheckSheet(Base):
    """One sheet of a sample; `differences` maps an item's code to what is stored and what was read now."""

    __tablename__ = "spot_check_sheets"
    __table_args__ = (
        UniqueConstraint("check_id", "candidate_id", name="uq_spot_check_sheets_candidate_id"),
        UniqueConstraint("check_id", "position", name="uq_spot_check_sheets_position"),
        CheckConstraint(
            "(outcome = 'waiting') = (read_at IS NULL) AND (read_by IS NULL) = (read_at IS NULL)",
            name="read",
        ),
        CheckConstraint(
            "(outcome = 'settled') = (settled_at IS NOT NULL AND settled_by IS NOT NULL"
            " AND finding IS NOT NULL)",
            name="settled",
        ),
        CheckConstraint("settled_by IS NULL OR settled_by <> read_by", name="two_people"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    check_id: Mapped[str] = mapped_column(ForeignKey("spot_checks.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), index=True)
    position: Mapped[int]
    outcome: Mapped[SheetOutcome] = mapped_column(state_type(SheetOutcome, "outcome"))
    differences: Mapped[dict[str, Any]] = mapped_column(default=dict)
    read_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    read_at: Mapped[dt.datetime | None]
    finding: Mapped[str | None] = mapped_column(Text)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    settled_at: Mapped[dt.datetime | None]
    check: Mapped[SpotCheck] = relationship(lazy="raise")
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    reader: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[read_by])
    settler: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[settled_by])


constraints.declare("uq_spot_checks_open", field="", message="A sample of this examination is already open.")
constraints.declare(
    "ck_spot_check_sheets_two_people",
    field="",
    message="A difference is settled by someone other than who found it.",
)
