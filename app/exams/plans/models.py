"""Plans of examinations, and marks by component."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import DDL, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Candidate, Examination
from app.platform import constraints
from app.platform.db import Base
from app.recruitment.postings.models import Posting


class ExamPlan(Base):
    """What is examined for a posting and by which rulebook; from the announcement on it is sealed.

    `facts` are those of the announcement that rulebooks ask for, `notes` by component what applicants should
    know of it. `content` is what was sealed, in plain
    data, and `digest` its SHA-256; the database refuses every later change.
    """

    __tablename__ = "exam_plans"
    __table_args__ = (
        UniqueConstraint("posting_id", name="uq_exam_plans_posting_id"),
        CheckConstraint(
            "(sealed_at IS NULL) = (digest IS NULL) AND (sealed_at IS NULL) = (content IS NULL)"
            " AND (sealed_at IS NULL) = (rulebook_text IS NULL)",
            name="sealed_whole",
        ),
        CheckConstraint("digest IS NULL OR length(digest) = 64", name="digest"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    facts: Mapped[dict[str, Any]]
    notes: Mapped[dict[str, Any]]
    changed_at: Mapped[dt.datetime]
    rulebook_text: Mapped[str | None]
    content: Mapped[dict[str, Any] | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    sealed_at: Mapped[dt.datetime | None]
    posting: Mapped[Posting] = relationship(lazy="raise")


class MarkRecord(Base):
    """Marks of one component as they were brought in at once; never changed, later ones come after it.

    The mark of a candidate is that of the record with the highest version that names them. `digest` covers
    every mark of the record.
    """

    __tablename__ = "mark_records"
    __table_args__ = (
        UniqueConstraint("examination_id", "component", "version", name="uq_mark_records_version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("people >= 1", name="people"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    component: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))
    people: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]
    examination: Mapped[Examination] = relationship(lazy="raise")
    recorder: Mapped[Account | None] = relationship(lazy="raise")


class ComponentMark(Base):
    """A candidate's mark in one component, numerator over denominator; without a numerator, absent."""

    __tablename__ = "component_marks"
    __table_args__ = (
        CheckConstraint("denominator >= 1", name="denominator"),
        Index("ix_component_marks_candidate_id", "candidate_id"),
    )

    record_id: Mapped[str] = mapped_column(ForeignKey("mark_records.id"), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), primary_key=True)
    numerator: Mapped[int | None] = mapped_column(BigInteger)
    denominator: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
    record: Mapped[MarkRecord] = relationship(lazy="raise")
    candidate: Mapped[Candidate] = relationship(lazy="raise")


constraints.declare(
    "uq_exam_plans_posting_id", field="", message="Somebody else began this plan at the same moment."
)
constraints.declare(
    "uq_mark_records_version", field="", message="Other marks of this component came in at the same moment."
)

# A sealed plan is guarded from whoever holds the database's own password, too.
SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER exam_plans_no_{verb.lower()} BEFORE {verb} ON exam_plans "
    "WHEN OLD.sealed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'A sealed plan never changes.'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRES_GUARDS = (
    "CREATE FUNCTION exam_plans_sealed() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'A sealed plan never changes.'; END $$",
    "CREATE TRIGGER exam_plans_guard BEFORE UPDATE OR DELETE ON exam_plans "
    "FOR EACH ROW WHEN (OLD.sealed_at IS NOT NULL) EXECUTE FUNCTION exam_plans_sealed()",
)
for guard in SQLITE_GUARDS:
    event.listen(ExamPlan.__table__, "after_create", DDL(guard).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
for guard in POSTGRES_GUARDS:
    event.listen(ExamPlan.__table__, "after_create", DDL(guard).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
