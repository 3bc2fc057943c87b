"""Papers, the items on them, and the series of their booklets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.examinations.models import Examination
from app.exams.item_bank.models import BankItemVersion
from app.platform import constraints
from app.platform.db import Base


class ExamPaper(Base):
    """A question paper; the same blueprint, seed and bank give the same items in the same order.

    `blueprint` is a list of `{"subject", "difficulty", "count"}`. Items used after `unused_since` were left
    out. With an examination it is what that examination asks; item n has the code n there.
    """

    __tablename__ = "exam_papers"
    __table_args__ = (UniqueConstraint("examination_id", name="uq_exam_papers_examination_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10))
    blueprint: Mapped[list[Any]]
    seed: Mapped[str] = mapped_column(String(80))
    unused_since: Mapped[dt.date | None]
    digest: Mapped[str] = mapped_column(String(64))
    examination_id: Mapped[str | None] = mapped_column(ForeignKey("examinations.id"))
    created_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    agency: Mapped[Agency] = relationship(lazy="raise")
    examination: Mapped[Examination | None] = relationship(lazy="raise")
    creator: Mapped[Account | None] = relationship(lazy="raise")
    places: Mapped[list[PaperItem]] = relationship(lazy="raise", order_by="PaperItem.position")
    series: Mapped[list[BookletSeries]] = relationship(lazy="raise", order_by="BookletSeries.name")


class PaperItem(Base):
    """The version of an item at a position of a paper, from 1."""

    __tablename__ = "exam_paper_items"
    __table_args__ = (
        UniqueConstraint("paper_id", "version_id", name="uq_exam_paper_items_version_id"),
        CheckConstraint("position >= 1", name="position"),
        Index("ix_exam_paper_items_version_id", "version_id"),
    )

    paper_id: Mapped[str] = mapped_column(ForeignKey("exam_papers.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("bank_item_versions.id"))
    version: Mapped[BankItemVersion] = relationship(lazy="raise")


class BookletSeries(Base):
    """One order of a paper's items; `order` holds, for each printed number from 1, the item's position."""

    __tablename__ = "booklet_series"
    __table_args__ = (UniqueConstraint("paper_id", "name", name="uq_booklet_series_name"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    paper_id: Mapped[str] = mapped_column(ForeignKey("exam_papers.id"))
    name: Mapped[str] = mapped_column(String(4))
    seed: Mapped[str] = mapped_column(String(80))
    order: Mapped[list[Any]]
    made_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime]


class BookletPrint(Base):
    """A booklet as a file for the printer; `series` is "" where all sit the same one.

    What stands on its cover is kept with it, so that it can be made again. `digest` names the file in the
    store once it is drawn.
    """

    __tablename__ = "booklet_prints"
    __table_args__ = (
        Index("ix_booklet_prints_paper", "paper_id", "asked_at", "id"),
        CheckConstraint("minutes BETWEEN 5 AND 600", name="minutes"),
        CheckConstraint("(ready_at IS NULL) = (digest IS NULL)", name="ready_with_file"),
        CheckConstraint("(digest IS NULL) = (pages IS NULL)", name="file_with_pages"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    paper_id: Mapped[str] = mapped_column(ForeignKey("exam_papers.id"))
    series: Mapped[str] = mapped_column(String(4))
    is_large: Mapped[bool]
    instructions: Mapped[str]
    minutes: Mapped[int | None]
    asked_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime]
    ready_at: Mapped[dt.datetime | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    pages: Mapped[int | None]
    paper: Mapped[ExamPaper] = relationship(lazy="raise")


constraints.declare(
    "uq_exam_papers_examination_id", field="paper_id", message="This examination already has a paper."
)
constraints.declare("uq_booklet_series_name", field="", message="This paper already has its series.")
