"""Open seasons, what employees chose in them and outside them, and corrections of enrolments."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.personnel.benefit_plans.models import BenefitPlan
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.dependants.models import Dependant
from app.personnel.employees.models import Employee
from app.personnel.enrolments.states import Source
from app.personnel.life_events.models import LifeEvent
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class EnrolmentWindow(Base):
    """An open season; the moments lie on the agency's clock, and choices hold from `effective_from`."""

    __tablename__ = "enrolment_windows"
    __table_args__ = (
        UniqueConstraint("agency_id", "plan_year", name="uq_enrolment_windows_plan_year"),
        Index("ix_enrolment_windows_clock", "concluded_at", "opens_at"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("concluded_at IS NULL OR concluded_at >= closes_at", name="concluded_after"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    plan_year: Mapped[int]
    opens_at: Mapped[dt.datetime]
    closes_at: Mapped[dt.datetime]
    effective_from: Mapped[dt.date]
    created_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    concluded_at: Mapped[dt.datetime | None]
    agency: Mapped[Agency] = relationship(lazy="raise")

    @property
    def title(self) -> str:
        return f"Open season for {self.plan_year}"


class EnrolmentReminder(Base):
    """That a window's reminder so many days before its end went out to all who had not chosen."""

    __tablename__ = "enrolment_reminders"

    window_id: Mapped[str] = mapped_column(ForeignKey("enrolment_windows.id"), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[dt.datetime]
    told: Mapped[int]


class BenefitElection(Base):
    """A choice, in versions for each person and kind: a plan and whom it covers, or neither: a waiver.

    On a day the one holds that began last; of those that begin on the same day the newest version.
    """

    __tablename__ = "benefit_elections"
    __table_args__ = (
        UniqueConstraint("employee_id", "kind", "version", name="uq_benefit_elections_version"),
        Index("ix_benefit_elections_window", "window_id", "employee_id"),
        Index("ix_benefit_elections_agency", "agency_id", "effective_from"),
        CheckConstraint("(plan_id IS NULL) = (tier IS NULL)", name="plan_has_tier"),
        CheckConstraint("(source = 'window') = (window_id IS NOT NULL)", name="of_window"),
        CheckConstraint("(source = 'life_event') = (event_id IS NOT NULL)", name="of_event"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[BenefitKind] = mapped_column(state_type(BenefitKind, "kind"))
    version: Mapped[int]
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("benefit_plans.id"))
    tier: Mapped[Tier | None] = mapped_column(state_type(Tier, "tier"))
    effective_from: Mapped[dt.date]
    source: Mapped[Source] = mapped_column(state_type(Source, "source"))
    window_id: Mapped[str | None] = mapped_column(ForeignKey("enrolment_windows.id"))
    event_id: Mapped[str | None] = mapped_column(ForeignKey("life_events.id"))
    made_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime]
    plan: Mapped[BenefitPlan | None] = relationship(lazy="raise")
    employee: Mapped[Employee] = relationship(lazy="raise")
    event: Mapped[LifeEvent | None] = relationship(lazy="raise")
    covered: Mapped[list[Dependant]] = relationship(
        lazy="raise", secondary="covered_dependants", order_by="Dependant.id"
    )


class CoveredDependant(Base):
    """Whom a choice covers beside the employee."""

    __tablename__ = "covered_dependants"

    election_id: Mapped[str] = mapped_column(ForeignKey("benefit_elections.id"), primary_key=True)
    dependant_id: Mapped[str] = mapped_column(ForeignKey("dependants.id"), primary_key=True)


constraints.declare(
    "uq_enrolment_windows_plan_year",
    field="plan_year",
    message="The agency has an open season for this year already.",
)
constraints.declare(
    "uq_benefit_elections_version",
    field="",
    message="This was changed a moment ago, perhaps in another window. Look at it again.",
)
