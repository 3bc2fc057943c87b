"""The ledger of contributions: entries are added and never changed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.personnel.benefit_plans.models import BenefitPlan
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.employees.models import Employee
from app.platform.db import Base
from app.platform.types import state_type


class ContributionRun(Base):
    """That the contributions of a pay period were posted for an agency; its key makes that happen once."""

    __tablename__ = "contribution_runs"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    period_on: Mapped[dt.date] = mapped_column(primary_key=True)
    posted_at: Mapped[dt.datetime]
    entries: Mapped[int]


class Contribution(Base):
    """An entry for one person, kind and pay period, in minor units.

    The first entry of a period is what was due when it was posted. Later entries are differences, so that
    the sum is what is due by the enrolment as it stands now.
    """

    __tablename__ = "contributions"
    __table_args__ = (
        UniqueConstraint("employee_id", "kind", "period_on", "position", name="uq_contributions_entry"),
        Index("ix_contributions_agency", "agency_id", "period_on", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[BenefitKind] = mapped_column(state_type(BenefitKind, "kind"))
    period_on: Mapped[dt.date]
    position: Mapped[int]
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("benefit_plans.id"))
    tier: Mapped[Tier | None] = mapped_column(state_type(Tier, "tier"))
    employee_minor: Mapped[int]
    employer_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(String(200))
    posted_at: Mapped[dt.datetime]
    employee: Mapped[Employee] = relationship(lazy="raise")
    plan: Mapped[BenefitPlan | None] = relationship(lazy="raise")
