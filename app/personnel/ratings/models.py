"""The rating of a plan, with a level and reasons for each element."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.notices.models import Notice
from app.personnel.performance.models import PerformancePlan, PlanElement
from app.personnel.ratings.states import RatingState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class PerformanceRating(Base):
    """A rating; `summary_level` is what the cycle's rule makes of the elements, never what somebody chose.

    `points` are hundredths where the rule counts points, else None. `because` says how the rule got there.
    """

    __tablename__ = "performance_ratings"
    __table_args__ = (
        UniqueConstraint("plan_id", name="uq_performance_ratings_plan_id"),
        Index("ix_performance_ratings_employee", "employee_id", "reviewed_at"),
        Index("ix_performance_ratings_agency", "agency_id", "state", "rated_at"),
        CheckConstraint("summary_level BETWEEN 1 AND 5", name="summary_level"),
        CheckConstraint("reviewed_by IS NULL OR reviewed_by <> rated_by", name="two_people"),
        CheckConstraint(
            "(state IN ('approved', 'acknowledged')) = (reviewed_at IS NOT NULL)", name="reviewed"
        ),
        CheckConstraint("(reviewed_by IS NULL) = (reviewed_at IS NULL)", name="reviewer_dated"),
        CheckConstraint("(state = 'acknowledged') = (acknowledged_at IS NOT NULL)", name="acknowledged"),
        CheckConstraint("state <> 'returned' OR return_reason IS NOT NULL", name="returned"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("performance_plans.id"))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    summary_level: Mapped[int]
    points: Mapped[int | None]
    because: Mapped[str] = mapped_column(String(600))
    narrative: Mapped[str]
    state: Mapped[RatingState] = mapped_column(state_type(RatingState, "state"))
    rated_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    rated_at: Mapped[dt.datetime]
    reviewed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[dt.datetime | None]
    return_reason: Mapped[str | None]
    comment: Mapped[str | None]
    acknowledged_at: Mapped[dt.datetime | None]
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))
    plan: Mapped[PerformancePlan] = relationship(lazy="raise")
    elements: Mapped[list[ElementRating]] = relationship(lazy="raise")
    rater: Mapped[Account] = relationship(lazy="raise", foreign_keys=[rated_by])
    reviewer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[reviewed_by])
    notice: Mapped[Notice | None] = relationship(lazy="raise")


class ElementRating(Base):
    """The level of one element, and what it rests on."""

    __tablename__ = "element_ratings"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level"),)

    rating_id: Mapped[str] = mapped_column(ForeignKey("performance_ratings.id"), primary_key=True)
    element_id: Mapped[str] = mapped_column(ForeignKey("plan_elements.id"), primary_key=True)
    level: Mapped[int]
    narrative: Mapped[str]
    element: Mapped[PlanElement] = relationship(lazy="raise")


constraints.declare("uq_performance_ratings_plan_id", field="", message="This plan was rated a moment ago.")
constraints.declare(
    "ck_performance_ratings_two_people",
    field="",
    message="A rating is approved by someone other than who rated.",
)
