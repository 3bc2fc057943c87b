"""The course_completions table: the training record of a person."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.notices.models import Notice
from app.personnel.courses.models import Course
from app.personnel.employees.models import Employee
from app.platform import constraints
from app.platform.db import Base


class CourseCompletion(Base):
    """A course completed by somebody, here (`source` is the enrolment) or elsewhere (`evidence` says how)."""

    __tablename__ = "course_completions"
    __table_args__ = (
        UniqueConstraint("source", name="uq_course_completions_source"),
        UniqueConstraint("employee_id", "course_id", "completed_on", name="uq_course_completions_day"),
        CheckConstraint("expires_on > completed_on", name="expires_after"),
        CheckConstraint("(source IS NULL) = (evidence IS NOT NULL)", name="source_or_evidence"),
        Index("ix_course_completions_course", "course_id", "employee_id", "completed_on"),
        Index("ix_course_completions_expiry", "expires_on", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    completed_on: Mapped[dt.date]
    expires_on: Mapped[dt.date | None]
    score: Mapped[int | None]
    source: Mapped[str | None] = mapped_column(String(40))
    evidence: Mapped[str | None]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))
    course: Mapped[Course] = relationship(lazy="raise")
    employee: Mapped[Employee] = relationship(lazy="raise")
    notice: Mapped[Notice | None] = relationship(lazy="raise")


constraints.declare(
    "uq_course_completions_day",
    field="completed_on",
    message="This course is on record for that day already.",
)
