"""Competencies with their levels, what classes of positions ask, and what was found about people."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.employees.models import Employee
from app.platform import constraints
from app.platform.db import Base


class Competency(Base):
    """Something that people can do, in five levels or fewer; retired ones are asked of nobody any more."""

    __tablename__ = "competencies"
    __table_args__ = (UniqueConstraint("agency_id", "name", name="uq_competencies_name"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    name: Mapped[str] = mapped_column(String(120))
    definition: Mapped[str]
    retired_on: Mapped[dt.date | None]
    levels: Mapped[list[CompetencyLevel]] = relationship(
        lazy="raise", order_by="CompetencyLevel.level", back_populates="competency"
    )


class CompetencyLevel(Base):
    """What somebody at a level does, so that two people who assess mean the same."""

    __tablename__ = "competency_levels"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level"),)

    competency_id: Mapped[str] = mapped_column(ForeignKey("competencies.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    anchor: Mapped[str]
    competency: Mapped[Competency] = relationship(lazy="raise", back_populates="levels")


class ClassCompetency(Base):
    """The level of a competency that a class of positions asks."""

    __tablename__ = "class_competencies"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level"),)

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    class_code: Mapped[str] = mapped_column(String(20), primary_key=True)
    competency_id: Mapped[str] = mapped_column(ForeignKey("competencies.id"), primary_key=True)
    level: Mapped[int]
    competency: Mapped[Competency] = relationship(lazy="raise")


class CompetencyAssessment(Base):
    """What was found about one person on one day; a later one takes its place, none is changed."""

    __tablename__ = "competency_assessments"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
        UniqueConstraint(
            "employee_id", "competency_id", "is_own", "serial", name="uq_competency_assessments_serial"
        ),
        Index("ix_competency_assessments_agency", "agency_id", "competency_id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    competency_id: Mapped[str] = mapped_column(ForeignKey("competencies.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    serial: Mapped[int]
    is_own: Mapped[bool]
    level: Mapped[int]
    evidence: Mapped[str]
    assessed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    assessed_at: Mapped[dt.datetime]
    employee: Mapped[Employee] = relationship(lazy="raise")
    competency: Mapped[Competency] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    assessor: Mapped[Account] = relationship(lazy="raise")


constraints.declare(
    "uq_competencies_name", field="name", message="Another competency of the agency has this name."
)
constraints.declare(
    "uq_competency_assessments_serial", field="", message="This was assessed a moment ago. Look again."
)
