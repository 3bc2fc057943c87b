"""Pay scales, their versions, and the pay of each grade and step."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.pay_scales.states import VersionState
from app.personnel.positions.states import PayPeriod
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

APPROVED = text("state = 'approved'")


class PayScale(Base):
    """A scale of an agency; no two scales in force of one agency name the same grade."""

    __tablename__ = "pay_scales"
    __table_args__ = (UniqueConstraint("agency_id", "code", name="uq_pay_scales_code"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    period: Mapped[PayPeriod] = mapped_column(state_type(PayPeriod, "period"))
    created_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    agency: Mapped[Agency] = relationship(lazy="raise")


class PayScaleVersion(Base):
    """The figures of a scale from a day on, until a later version's day; drafts hold nothing in force."""

    __tablename__ = "pay_scale_versions"
    __table_args__ = (
        UniqueConstraint("scale_id", "number", name="uq_pay_scale_versions_number"),
        Index(
            "uq_pay_scale_versions_effective_on",
            "scale_id",
            "effective_on",
            unique=True,
            sqlite_where=APPROVED,
            postgresql_where=APPROVED,
        ),
        CheckConstraint("decided_by <> drafted_by", name="two_people"),
        CheckConstraint("(state = 'draft') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided_by_somebody"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    scale_id: Mapped[str] = mapped_column(ForeignKey("pay_scales.id"))
    number: Mapped[int]
    effective_on: Mapped[dt.date]
    authority: Mapped[str] = mapped_column(String(300))
    state: Mapped[VersionState] = mapped_column(state_type(VersionState, "state"))
    drafted_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    drafted_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    scale: Mapped[PayScale] = relationship(lazy="raise")
    drafter: Mapped[Account] = relationship(lazy="raise", foreign_keys=[drafted_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


class PayRate(Base):
    """The pay of a grade and step, in minor units of the scale's currency for each of its periods."""

    __tablename__ = "pay_rates"
    __table_args__ = (
        CheckConstraint("step BETWEEN 1 AND 99", name="step"),
        CheckConstraint("pay_minor > 0", name="pay"),
    )

    version_id: Mapped[str] = mapped_column(ForeignKey("pay_scale_versions.id"), primary_key=True)
    grade: Mapped[str] = mapped_column(String(20), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pay_minor: Mapped[int] = mapped_column(BigInteger)


constraints.declare("uq_pay_scales_code", field="code", message="Another scale of this agency has this code.")
constraints.declare(
    "uq_pay_scale_versions_effective_on",
    field="effective_on",
    message="An approved version holds from that day already.",
)
constraints.declare(
    "uq_pay_scale_versions_number", field="", message="A version was drafted a moment ago. Try again."
)
constraints.declare(
    "ck_pay_scale_versions_two_people",
    field="",
    message="A version is approved by someone other than who drafted it.",
)
