"""Awards: who is named for what, and what was decided."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.awards.states import AwardKind, AwardState
from app.personnel.employees.models import Employee
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class Award(Base):
    """A nomination; money in minor units of `currency`, hours off, a step of a grade, or none of them.

    `effective_on` is the day from which an approved step counts.
    """

    __tablename__ = "awards"
    __table_args__ = (
        UniqueConstraint("number", name="uq_awards_number"),
        Index("ix_awards_agency", "agency_id", "state", "nominated_at"),
        Index("ix_awards_employee", "employee_id", "nominated_at"),
        CheckConstraint(
            "(kind IN ('performance', 'special_act')) = (amount_minor IS NOT NULL)", name="money"
        ),
        CheckConstraint("(kind = 'time_off') = (hours IS NOT NULL)", name="hours"),
        CheckConstraint("(kind = 'quality_step') = (to_step IS NOT NULL)", name="step"),
        CheckConstraint("(grade IS NULL) = (to_step IS NULL)", name="grade"),
        CheckConstraint(
            "(kind = 'quality_step' AND state = 'approved') = (effective_on IS NOT NULL)", name="effective"
        ),
        CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="currency"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("decided_by IS NULL OR decided_by <> nominated_by", name="two_people"),
        CheckConstraint("(state = 'nominated') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decider_dated"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[AwardKind] = mapped_column(state_type(AwardKind, "kind"))
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    hours: Mapped[int | None]
    grade: Mapped[str | None] = mapped_column(String(20))
    to_step: Mapped[int | None]
    effective_on: Mapped[dt.date | None]
    reason: Mapped[str]
    regime: Mapped[str] = mapped_column(String(60))
    state: Mapped[AwardState] = mapped_column(state_type(AwardState, "state"))
    nominated_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    nominated_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    nominator: Mapped[Account] = relationship(lazy="raise", foreign_keys=[nominated_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare("uq_awards_number", field="", message="Another award has this number. Try again.")
constraints.declare(
    "ck_awards_two_people",
    field="",
    message="An award is decided by someone other than who named the person.",
)
