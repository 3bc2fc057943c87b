"""Development plans, their goals and activities."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.competencies.models import Competency
from app.personnel.courses.models import Course
from app.personnel.development_plans.states import PlanState
from app.personnel.employees.models import Employee
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

OPEN = text("state <> 'reviewed'")


class DevelopmentPlan(Base):
    """The plan of one person for a time: the person proposes it, a supervisor agrees and looks back on it."""

    __tablename__ = "development_plans"
    __table_args__ = (
        Index(
            "uq_development_plans_open",
            "employee_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        CheckConstraint("starts_on < ends_on", name="ends_after"),
        CheckConstraint("agreed_by IS NULL OR agreed_by <> proposed_by", name="two_people"),
        CheckConstraint("(state IN ('agreed', 'reviewed')) = (agreed_at IS NOT NULL)", name="agreed"),
        CheckConstraint("(state = 'reviewed') = (reviewed_at IS NOT NULL)", name="reviewed"),
        Index("ix_development_plans_agency", "agency_id", "state", "ends_on"),
        Index("ix_development_plans_employee", "employee_id", "starts_on", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    state: Mapped[PlanState] = mapped_column(state_type(PlanState, "state"))
    approver_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime | None]
    returned: Mapped[str | None]
    agreed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    agreed_at: Mapped[dt.datetime | None]
    reviewed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[dt.datetime | None]
    review: Mapped[str | None]
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    agreer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[agreed_by])
    reviewer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[reviewed_by])
    goals: Mapped[list[DevelopmentGoal]] = relationship(lazy="raise", order_by="DevelopmentGoal.position")


class DevelopmentGoal(Base):
    """What the person wants to be able to do, perhaps to a level of a competency."""

    __tablename__ = "development_goals"
    __table_args__ = (
        CheckConstraint("(competency_id IS NULL) = (level IS NULL)", name="level_of_competency"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        Index("ix_development_goals_plan", "plan_id", "position"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("development_plans.id"))
    position: Mapped[int]
    goal: Mapped[str]
    competency_id: Mapped[str | None] = mapped_column(ForeignKey("competencies.id"))
    level: Mapped[int | None]
    competency: Mapped[Competency | None] = relationship(lazy="raise")
    activities: Mapped[list[DevelopmentActivity]] = relationship(
        lazy="raise", order_by="DevelopmentActivity.by_on, DevelopmentActivity.id"
    )


class DevelopmentActivity(Base):
    """What is done towards a goal, by when, and when it was done."""

    __tablename__ = "development_activities"
    __table_args__ = (Index("ix_development_activities_goal", "goal_id", "by_on"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    goal_id: Mapped[str] = mapped_column(ForeignKey("development_goals.id"))
    activity: Mapped[str]
    course_id: Mapped[str | None] = mapped_column(ForeignKey("courses.id"))
    by_on: Mapped[dt.date]
    done_on: Mapped[dt.date | None]
    course: Mapped[Course | None] = relationship(lazy="raise")


constraints.declare(
    "uq_development_plans_open",
    field="",
    message="You have a plan that is not closed yet. Look back on it with your supervisor first.",
)
constraints.declare(
    "ck_development_plans_two_people",
    field="",
    message="Somebody other than who proposed a plan agrees to it.",
)
