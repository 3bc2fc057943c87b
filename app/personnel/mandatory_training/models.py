"""What training is mandatory for whom, and by when each person must have it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.personnel.courses.models import Course
from app.personnel.employees.models import Employee
from app.platform import constraints
from app.platform.db import Base

IN_FORCE = text("ended_on IS NULL")


class TrainingRequirement(Base):
    """A course that people of an agency must take, by a rule of mandates.toml.

    `class_code` and `duty_station` narrow it to a class or a place of work; "" narrows nothing.
    """

    __tablename__ = "training_requirements"
    __table_args__ = (
        Index(
            "uq_training_requirements_once",
            "agency_id",
            "course_id",
            "class_code",
            "duty_station",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
        CheckConstraint("ended_on >= begins_on", name="ended_after"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    class_code: Mapped[str] = mapped_column(String(20))
    duty_station: Mapped[str] = mapped_column(String(200))
    mandate: Mapped[str] = mapped_column(String(60))
    begins_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    course: Mapped[Course] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")


class TrainingDuty(Base):
    """One person's duty under a requirement; `due_on` None once it is met for good.

    `completed_on` is the day of the last completion, `reminded` the last reminder that was sent. A duty ends
    when it does not apply to the person any more, and begins again when it does.
    """

    __tablename__ = "training_duties"
    __table_args__ = (
        UniqueConstraint("requirement_id", "employee_id", name="uq_training_duties_once"),
        CheckConstraint("due_on IS NOT NULL OR completed_on IS NOT NULL", name="due_or_done"),
        Index("ix_training_duties_agency", "agency_id", "ended_on", "due_on", "id"),
        Index("ix_training_duties_employee", "employee_id", "ended_on"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    requirement_id: Mapped[str] = mapped_column(ForeignKey("training_requirements.id"))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    begins_on: Mapped[dt.date]
    due_on: Mapped[dt.date | None]
    completed_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None]
    reminded: Mapped[str | None] = mapped_column(String(40))
    requirement: Mapped[TrainingRequirement] = relationship(lazy="raise")
    employee: Mapped[Employee] = relationship(lazy="raise")


constraints.declare(
    "uq_training_requirements_once", field="course", message="This course is mandatory for them already."
)
