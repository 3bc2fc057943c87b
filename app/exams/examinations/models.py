"""Examinations, their items and their candidates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.exams.examinations.states import Attendance, ExaminationState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting


class Examination(Base):
    """One examination of a posting's candidates, under the rulebook that stood at the announcement.

    `rulebook_text` is the rulebook's content as it was read then; `rulebook_digest` its SHA-256. A sheet
    may hold one of `options`; the texts of `blanks` stand for no answer, those of `multiples` for several.
    No list is published before a sample that catches `sample_percent` of wrong sheets was read, where one is
    asked for.
    """

    __tablename__ = "examinations"
    __table_args__ = (
        UniqueConstraint("number", name="uq_examinations_number"),
        UniqueConstraint("posting_id", name="uq_examinations_posting_id"),
        CheckConstraint("length(rulebook_digest) = 64", name="rulebook_digest"),
        CheckConstraint("sample_percent BETWEEN 1 AND 100", name="sample_percent"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"))
    title: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[dt.date]
    rulebook: Mapped[str] = mapped_column(String(80))
    rulebook_version: Mapped[int]
    rulebook_digest: Mapped[str] = mapped_column(String(64))
    rulebook_text: Mapped[str]
    options: Mapped[list[Any]]
    blanks: Mapped[list[Any]]
    multiples: Mapped[list[Any]]
    sample_percent: Mapped[int | None]
    state: Mapped[ExaminationState] = mapped_column(state_type(ExaminationState, "state"))
    created_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    agency: Mapped[Agency] = relationship(lazy="raise")
    posting: Mapped[Posting] = relationship(lazy="raise")
    items: Mapped[list[ExamItem]] = relationship(lazy="raise", order_by="ExamItem.position")


class ExamItem(Base):
    """A question of an examination; its code is what keys and response files name it by."""

    __tablename__ = "exam_items"
    __table_args__ = (
        UniqueConstraint("examination_id", "code", name="uq_exam_items_code"),
        UniqueConstraint("examination_id", "position", name="uq_exam_items_position"),
        CheckConstraint("position >= 1", name="position"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]


class Candidate(Base):
    """An applicant who is registered for an examination under a number of its own."""

    __tablename__ = "candidates"
    __table_args__ = (
        UniqueConstraint("application_id", name="uq_candidates_application_id"),
        UniqueConstraint("examination_id", "number", name="uq_candidates_number"),
        Index("ix_candidates_attendance", "examination_id", "attendance"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    number: Mapped[str] = mapped_column(String(40))
    attendance: Mapped[Attendance] = mapped_column(state_type(Attendance, "attendance"))
    application: Mapped[Application] = relationship(lazy="raise")


constraints.declare("uq_examinations_number", field="number", message="Another examination has this number.")
constraints.declare(
    "uq_examinations_posting_id", field="posting_id", message="This posting already has an examination."
)
constraints.declare("uq_exam_items_code", field="items", message="Two items have the same code.")
constraints.declare("uq_exam_items_position", field="items", message="Two items have the same position.")
constraints.declare(
    "uq_candidates_application_id", field="", message="One of these applications is already registered."
)
constraints.declare(
    "uq_candidates_number", field="", message="Two candidates of this examination have the same number."
)
