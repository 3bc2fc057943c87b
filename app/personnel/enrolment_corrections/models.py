"""Corrections of enrolments."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.benefit_plans.models import BenefitPlan
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.employees.models import Employee
from app.personnel.enrolment_corrections.states import CorrectionState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class EnrolmentCorrection(Base):
    """A change of an enrolment that an officer proposes and another decides on."""

    __tablename__ = "enrolment_corrections"
    __table_args__ = (
        Index("ix_enrolment_corrections_agency", "agency_id", "state", "proposed_at", "id"),
        CheckConstraint("(plan_id IS NULL) = (tier IS NULL)", name="plan_has_tier"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'approved') = (election_id IS NOT NULL)", name="approved_has_election"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[BenefitKind] = mapped_column(state_type(BenefitKind, "kind"))
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("benefit_plans.id"))
    tier: Mapped[Tier | None] = mapped_column(state_type(Tier, "tier"))
    effective_from: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(String(1000))
    state: Mapped[CorrectionState] = mapped_column(state_type(CorrectionState, "state"))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(String(1000))
    election_id: Mapped[str | None] = mapped_column(ForeignKey("benefit_elections.id"))
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    plan: Mapped[BenefitPlan | None] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "ck_enrolment_corrections_two_people",
    field="",
    message="A correction is decided by someone other than who proposed it.",
)
