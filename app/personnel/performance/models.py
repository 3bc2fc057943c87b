"""The rules an agency chose, its cycles, and each employee's plan with elements and progress reviews."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.employees.models import Employee
from app.personnel.performance.states import CycleState, PlanState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class PerformanceRegime(Base):
    """The rule that an agency chose for a subject (ratings, within_grade, awards), by its name."""

    __tablename__ = "performance_regimes"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]


class PerformanceCycle(Base):
    """A period of an agency, with the days by which its steps are due; `regime` is kept as it was chosen."""

    __tablename__ = "performance_cycles"
    __table_args__ = (
        UniqueConstraint("agency_id", "title", name="uq_performance_cycles_title"),
        Index("ix_performance_cycles_agency", "agency_id", "ends_on"),
        CheckConstraint("starts_on < ends_on", name="order"),
        CheckConstraint("plans_due_on BETWEEN starts_on AND ends_on", name="plans_due"),
        CheckConstraint("progress_due_on BETWEEN plans_due_on AND ends_on", name="progress_due"),
        CheckConstraint("ratings_due_on > ends_on", name="ratings_due"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    title: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    plans_due_on: Mapped[dt.date]
    progress_due_on: Mapped[dt.date]
    ratings_due_on: Mapped[dt.date]
    regime: Mapped[str] = mapped_column(String(60))
    state: Mapped[CycleState] = mapped_column(state_type(CycleState, "state"))
    created_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]
    agency: Mapped[Agency] = relationship(lazy="raise")


class PerformancePlan(Base):
    """What one employee is to do in a cycle, and how it will be judged.

    `supervisor_id` and `unit` (the duty station) are those on the day the plan was made or issued: the
    picture of ratings goes by them.
    """

    __tablename__ = "performance_plans"
    __table_args__ = (
        UniqueConstraint("cycle_id", "employee_id", name="uq_performance_plans_employee"),
        Index("ix_performance_plans_cycle", "cycle_id", "person", "id"),
        Index("ix_performance_plans_employee", "employee_id"),
        CheckConstraint("state IN ('draft', 'void') OR issued_at IS NOT NULL", name="issued"),
        CheckConstraint("state <> 'acknowledged' OR acknowledged_at IS NOT NULL", name="acknowledged"),
        CheckConstraint("(state = 'void') = (void_reason IS NOT NULL)", name="void"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    cycle_id: Mapped[str] = mapped_column(ForeignKey("performance_cycles.id"))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    person: Mapped[str] = mapped_column(String(200))  # the name as it was: lists go by it
    supervisor_id: Mapped[str | None] = mapped_column(ForeignKey("employees.id"))
    position_title: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(200))
    state: Mapped[PlanState] = mapped_column(state_type(PlanState, "state"))
    issued_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    issued_at: Mapped[dt.datetime | None]
    acknowledged_at: Mapped[dt.datetime | None]
    void_reason: Mapped[str | None]
    cycle: Mapped[PerformanceCycle] = relationship(lazy="raise")
    employee: Mapped[Employee] = relationship(lazy="raise", foreign_keys=[employee_id])
    supervisor: Mapped[Employee | None] = relationship(lazy="raise", foreign_keys=[supervisor_id])
    agency: Mapped[Agency] = relationship(lazy="raise")
    elements: Mapped[list[PlanElement]] = relationship(lazy="raise", order_by="PlanElement.position")
    progress: Mapped[list[ProgressReview]] = relationship(lazy="raise", order_by="ProgressReview.held_on")
    self_assessment: Mapped[SelfAssessment | None] = relationship(lazy="raise")


class PlanElement(Base):
    """A part of the work with its standard; `weight` is in hundredths where the rule weighs, else None."""

    __tablename__ = "plan_elements"
    __table_args__ = (
        UniqueConstraint("plan_id", "position", name="uq_plan_elements_position"),
        CheckConstraint("weight IS NULL OR weight BETWEEN 1 AND 100", name="weight"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("performance_plans.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    standard: Mapped[str]
    is_critical: Mapped[bool]
    weight: Mapped[int | None]


class ProgressReview(Base):
    """A talk about the work so far, written down by who held it."""

    __tablename__ = "progress_reviews"
    __table_args__ = (Index("ix_progress_reviews_plan", "plan_id", "held_on"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("performance_plans.id"))
    held_on: Mapped[dt.date]
    narrative: Mapped[str]
    written_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    written_at: Mapped[dt.datetime]
    writer: Mapped[Account] = relationship(lazy="raise")


class SelfAssessment(Base):
    """What the employee says about the own work; it may change until the supervisor rates."""

    __tablename__ = "self_assessments"

    plan_id: Mapped[str] = mapped_column(ForeignKey("performance_plans.id"), primary_key=True)
    narrative: Mapped[str]
    written_at: Mapped[dt.datetime]


constraints.declare(
    "uq_performance_cycles_title", field="title", message="Another cycle of this agency has this title"
)
constraints.declare(
    "uq_performance_plans_employee", field="", message="This person has a plan in this cycle already."
)
constraints.declare(
    "uq_plan_elements_position", field="", message="The plan was changed at the same moment. Try again."
)
