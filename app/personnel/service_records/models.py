"""The service_records table: what held of a person's service, by the day and by when it was known."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import Standing
from app.personnel.positions.models import Position
from app.personnel.positions.states import PayPeriod
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

CURRENT = text("superseded_at IS NULL")


class ServiceRecord(Base):
    """What held from `valid_from` until before `valid_to`, known from `recorded_at` to `superseded_at`.

    Pay is in minor units of `pay_currency` for each `pay_period`. Rows are never changed but for
    `superseded_at`: a person's history as it is known now are the rows without it, one after another.
    """

    __tablename__ = "service_records"
    __table_args__ = (
        CheckConstraint("valid_from < valid_to", name="valid_order"),
        CheckConstraint("recorded_at <= superseded_at", name="known_order"),
        CheckConstraint("weekly_minutes BETWEEN 0 AND 10080", name="week"),
        Index(
            "uq_service_records_current",
            "employee_id",
            "valid_from",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
        Index("ix_service_records_employee", "employee_id", "valid_from"),
        Index("ix_service_records_position", "position_id", "valid_from"),
        Index("ix_service_records_agency", "agency_id", "valid_from"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    action_id: Mapped[str] = mapped_column(ForeignKey("personnel_actions.id"))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    recorded_at: Mapped[dt.datetime]
    superseded_at: Mapped[dt.datetime | None]
    position_id: Mapped[str | None] = mapped_column(ForeignKey("positions.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    grade: Mapped[str] = mapped_column(String(20))
    step: Mapped[int]
    pay_minor: Mapped[int] = mapped_column(BigInteger)
    pay_currency: Mapped[str] = mapped_column(String(3))
    pay_period: Mapped[PayPeriod] = mapped_column(state_type(PayPeriod, "pay_period"))
    weekly_minutes: Mapped[int]
    duty_station: Mapped[str] = mapped_column(String(200))
    standing: Mapped[Standing] = mapped_column(state_type(Standing, "standing"))
    action: Mapped[PersonnelAction] = relationship(lazy="raise")
    position: Mapped[Position | None] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it held; None while it goes on."""
        return self.valid_to - dt.timedelta(days=1) if self.valid_to is not None else None


constraints.declare(
    "uq_service_records_current", field="", message="This person's record was changed a moment ago."
)
