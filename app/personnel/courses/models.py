"""The courses table, and what each course teaches."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.personnel.competencies.models import Competency
from app.platform import constraints
from app.platform.db import Base


class Course(Base):
    """A course of an agency; `is_shared` opens it to people of every agency.

    `minutes` is its length, `valid_months` how long a certificate counts (None: for good), `pass_mark` the
    least share in percent (None: who attends has passed).
    """

    __tablename__ = "courses"
    __table_args__ = (
        UniqueConstraint("agency_id", "code", name="uq_courses_code"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("valid_months > 0", name="valid_months"),
        CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark"),
        Index("ix_courses_title", "title", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str]
    minutes: Mapped[int]
    valid_months: Mapped[int | None]
    pass_mark: Mapped[int | None]
    is_shared: Mapped[bool]
    retired_on: Mapped[dt.date | None]
    search_text: Mapped[str]
    agency: Mapped[Agency] = relationship(lazy="raise")
    teaches: Mapped[list[CourseCompetency]] = relationship(lazy="raise")


class CourseCompetency(Base):
    """The level of a competency to which a course leads."""

    __tablename__ = "course_competencies"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level"),)

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    competency_id: Mapped[str] = mapped_column(ForeignKey("competencies.id"), primary_key=True)
    level: Mapped[int]
    competency: Mapped[Competency] = relationship(lazy="raise")


constraints.declare("uq_courses_code", field="code", message="Another course of the agency has this code.")
