"""The positions table: a post in an agency, with its incumbent or vacant."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.personnel.employees.models import Employee
from app.personnel.positions.states import PayPeriod, PositionState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

FULL_TIME = 2400  # minutes of a week of forty hours


class Position(Base):
    """A post; pay is in minor units of `pay_currency` for each `pay_period`.

    `authorized_minutes` is the working time of a week that the establishment grants; `funding` the line of
    the budget that pays it; `reports_to_id` the post of the supervisor, in the same agency.
    `search_text` is the casefolded number, title, class and place, because the two databases fold letters
    outside ASCII differently.
    """

    __tablename__ = "positions"
    __table_args__ = (
        UniqueConstraint("number", name="uq_positions_number"),
        UniqueConstraint("incumbent_id", name="uq_positions_incumbent_id"),
        CheckConstraint("0 <= pay_min_minor AND pay_min_minor <= pay_max_minor", name="pay_order"),
        CheckConstraint("(state = 'abolished') = (abolished_at IS NOT NULL)", name="abolished_iff_dated"),
        CheckConstraint(
            "(state = 'abolished') = (abolition_reason IS NOT NULL)", name="abolished_iff_reasoned"
        ),
        CheckConstraint("state = 'active' OR incumbent_id IS NULL", name="abolished_is_vacant"),
        CheckConstraint("reports_to_id <> id", name="not_under_itself"),
        CheckConstraint("authorized_minutes BETWEEN 1 AND 10080", name="authorized_week"),
        Index("ix_positions_agency_number", "agency_id", "number"),
        Index("ix_positions_title", "title", "number"),
        Index("ix_positions_grade", "grade", "number"),
        Index("ix_positions_reports_to_id", "reports_to_id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(200))
    class_code: Mapped[str] = mapped_column(String(20))
    class_title: Mapped[str] = mapped_column(String(200))
    grade: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    duty_station: Mapped[str] = mapped_column(String(200))
    pay_min_minor: Mapped[int] = mapped_column(BigInteger)
    pay_max_minor: Mapped[int] = mapped_column(BigInteger)
    pay_currency: Mapped[str] = mapped_column(String(3))
    pay_period: Mapped[PayPeriod] = mapped_column(state_type(PayPeriod, "pay_period"))
    state: Mapped[PositionState] = mapped_column(state_type(PositionState, "state"))
    incumbent_id: Mapped[str | None] = mapped_column(ForeignKey("employees.id"))
    abolished_at: Mapped[dt.datetime | None]
    abolition_reason: Mapped[str | None] = mapped_column(String(2000))
    search_text: Mapped[str]
    unit: Mapped[str] = mapped_column(String(200), default="", server_default="")
    funding: Mapped[str] = mapped_column(String(120), default="", server_default="")
    authorized_minutes: Mapped[int] = mapped_column(default=FULL_TIME, server_default=str(FULL_TIME))
    established_on: Mapped[dt.date | None]
    reports_to_id: Mapped[str | None] = mapped_column(ForeignKey("positions.id"))
    agency: Mapped[Agency] = relationship(lazy="raise")
    incumbent: Mapped[Employee | None] = relationship(lazy="raise")
    reports_to: Mapped[Position | None] = relationship(lazy="raise", remote_side=[id])


constraints.declare("uq_positions_number", field="number", message="Another position has this number")
constraints.declare(
    "uq_positions_incumbent_id", field="", message="This person already holds another position."
)
constraints.declare(
    "ck_positions_not_under_itself", field="superior", message="A position cannot report to itself"
)
constraints.declare(
    "ck_positions_pay_order", field="pay_max", message="The highest pay must not be less than the lowest pay"
)
constraints.declare(
    "ck_positions_abolished_is_vacant", field="", message="An occupied position cannot be abolished."
)
