"""An improvement plan: the elements it is about, the days it runs, its check-ins and its outcome."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.notices.models import Notice
from app.personnel.employees.models import Employee
from app.personnel.improvement.states import ImprovementState, Outcome
from app.personnel.performance.models import PerformancePlan, PlanElement
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

_LIVE = text("state IN ('open', 'assessed')")


class ImprovementPlan(Base):
    """An opportunity to show acceptable performance in the critical elements named (5 CFR 432.104).

    It runs from the day after `delivered_on` to `ends_on`. The outcome is proposed by who assessed and
    stands once somebody else confirmed it.
    """

    __tablename__ = "improvement_plans"
    __table_args__ = (
        UniqueConstraint("number", name="uq_improvement_plans_number"),
        Index("ix_improvement_plans_agency", "agency_id", "state", "ends_on"),
        Index("ix_improvement_plans_employee", "employee_id"),
        Index(
            "uq_improvement_plans_live",
            "employee_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        CheckConstraint("delivered_on < ends_on", name="order"),
        CheckConstraint("concluded_by IS NULL OR concluded_by <> assessed_by", name="two_people"),
        CheckConstraint("(state = 'concluded') = (concluded_at IS NOT NULL)", name="concluded"),
        CheckConstraint("(concluded_at IS NULL) = (concluded_by IS NULL)", name="concluder_dated"),
        CheckConstraint("state NOT IN ('assessed', 'concluded') OR outcome IS NOT NULL", name="found"),
        CheckConstraint("(state = 'cancelled') = (cancel_reason IS NOT NULL)", name="cancelled"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    plan_id: Mapped[str] = mapped_column(ForeignKey("performance_plans.id"))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    instances: Mapped[str]  # what was unacceptable, with its days
    requirement: Mapped[str]  # what must be attained
    assistance: Mapped[str]  # the help offered
    delivered_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    state: Mapped[ImprovementState] = mapped_column(state_type(ImprovementState, "state"))
    opened_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[dt.datetime]
    outcome: Mapped[Outcome | None] = mapped_column(state_type(Outcome, "outcome"))
    findings: Mapped[str | None]
    assessed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    assessed_at: Mapped[dt.datetime | None]
    concluded_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    concluded_at: Mapped[dt.datetime | None]
    cancel_reason: Mapped[str | None]
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))
    plan: Mapped[PerformancePlan] = relationship(lazy="raise")
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    opener: Mapped[Account] = relationship(lazy="raise", foreign_keys=[opened_by])
    assessor: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[assessed_by])
    concluder: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[concluded_by])
    notice: Mapped[Notice | None] = relationship(lazy="raise")
    elements: Mapped[list[PlanElement]] = relationship(
        lazy="raise", secondary="improvement_elements", order_by="PlanElement.position"
    )
    check_ins: Mapped[list[CheckIn]] = relationship(lazy="raise", order_by="CheckIn.held_on")


class ImprovementElement(Base):
    """A critical element in which the person gets the opportunity."""

    __tablename__ = "improvement_elements"

    improvement_id: Mapped[str] = mapped_column(ForeignKey("improvement_plans.id"), primary_key=True)
    element_id: Mapped[str] = mapped_column(ForeignKey("plan_elements.id"), primary_key=True)


class CheckIn(Base):
    """A talk in the opportunity period: how the work stands, what help was given."""

    __tablename__ = "improvement_check_ins"
    __table_args__ = (Index("ix_improvement_check_ins_plan", "improvement_id", "held_on"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    improvement_id: Mapped[str] = mapped_column(ForeignKey("improvement_plans.id"))
    held_on: Mapped[dt.date]
    progress: Mapped[str]
    help_given: Mapped[str]
    written_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    written_at: Mapped[dt.datetime]
    writer: Mapped[Account] = relationship(lazy="raise")


constraints.declare(
    "uq_improvement_plans_number", field="", message="Another plan has this number. Try again."
)
constraints.declare(
    "uq_improvement_plans_live", field="", message="An improvement plan runs for this person already."
)
constraints.declare(
    "ck_improvement_plans_two_people",
    field="",
    message="The outcome is confirmed by someone other than who assessed.",
)
