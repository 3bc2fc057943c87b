"""The benefits that an agency offers, what each costs from which day on, and the rule that it follows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.benefit_plans.states import BenefitKind, PlanState, RateState, Tier
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

DEFAULT = text("is_default AND state = 'offered'")


class BenefitRegime(Base):
    """The rule of an agency, by its name in regimes.toml; agencies without a row have the usual one."""

    __tablename__ = "benefit_regimes"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]


class BenefitPlan(Base):
    """A plan; whoever chooses nothing and has nothing of a kind is enrolled in its default plan."""

    __tablename__ = "benefit_plans"
    __table_args__ = (
        UniqueConstraint("agency_id", "code", name="uq_benefit_plans_code"),
        Index(
            "uq_benefit_plans_default",
            "agency_id",
            "kind",
            unique=True,
            sqlite_where=DEFAULT,
            postgresql_where=DEFAULT,
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[BenefitKind] = mapped_column(state_type(BenefitKind, "kind"))
    name: Mapped[str] = mapped_column(String(120))
    carrier: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(1000))
    currency: Mapped[str] = mapped_column(String(3))
    is_default: Mapped[bool]
    state: Mapped[PlanState] = mapped_column(state_type(PlanState, "state"))
    created_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    agency: Mapped[Agency] = relationship(lazy="raise")
    versions: Mapped[list[PlanVersion]] = relationship(
        lazy="raise", order_by="PlanVersion.version.desc()", back_populates="plan"
    )


class PlanVersion(Base):
    """A version of what a plan costs, from a day on; it counts once somebody else has approved it."""

    __tablename__ = "benefit_plan_versions"
    __table_args__ = (
        UniqueConstraint("plan_id", "version", name="uq_benefit_plan_versions_version"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("benefit_plans.id"))
    version: Mapped[int]
    effective_from: Mapped[dt.date]
    state: Mapped[RateState] = mapped_column(state_type(RateState, "state"))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    plan: Mapped[BenefitPlan] = relationship(lazy="raise", back_populates="versions")
    rates: Mapped[list[BenefitRate]] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


class BenefitRate(Base):
    """What a tier costs in each pay period, in minor units of the plan's currency."""

    __tablename__ = "benefit_rates"
    __table_args__ = (CheckConstraint("employee_minor >= 0 AND employer_minor >= 0", name="amounts"),)

    version_id: Mapped[str] = mapped_column(ForeignKey("benefit_plan_versions.id"), primary_key=True)
    tier: Mapped[Tier] = mapped_column(state_type(Tier, "tier"), primary_key=True)
    employee_minor: Mapped[int]
    employer_minor: Mapped[int]


constraints.declare(
    "uq_benefit_plans_code", field="code", message="The agency has a plan with this code already."
)
constraints.declare(
    "uq_benefit_plans_default",
    field="is_default",
    message="The agency has a default plan of this kind already. Close that one first.",
)
constraints.declare(
    "uq_benefit_plan_versions_version", field="", message="Rates of this plan were proposed a moment ago."
)
constraints.declare(
    "ck_benefit_plan_versions_two_people",
    field="",
    message="Rates are approved by someone other than who proposed them.",
)
constraints.declare(
    "pk_benefit_regimes",
    field="",
    message="The rule of this agency was chosen a moment ago. Open the page again.",
)
