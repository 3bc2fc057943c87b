"""Requests for leave, the working days that each would take, and the medical certificates to them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.employees.models import Employee
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests.states import RequestState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

LIVE = text("is_live")


class LeaveRequest(Base):
    """A wish for leave from the first to the last day; `minutes` is what its working days add up to.

    `minutes_a_day` is empty for whole days; `advance_minutes` of it are not earned yet. `approver_id` is the
    account of who supervised when it was asked for. `given_back_on` is the first day of approved leave that
    was given back.
    """

    __tablename__ = "leave_requests"
    __table_args__ = (
        Index("ix_leave_requests_employee", "employee_id", "starts_on", "id"),
        Index("ix_leave_requests_agency", "agency_id", "state", "starts_on", "id"),
        Index("ix_leave_requests_approver", "approver_id", "state"),
        CheckConstraint("starts_on <= ends_on", name="in_order"),
        CheckConstraint("minutes > 0", name="something"),
        CheckConstraint("minutes_a_day > 0", name="part_of_a_day"),
        CheckConstraint("advance_minutes BETWEEN 0 AND minutes", name="advance"),
        CheckConstraint("decided_by <> asked_by", name="two_people"),
        CheckConstraint("(state IN ('asked', 'withdrawn')) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name="refused_with_reason"),
        CheckConstraint(
            "(state IN ('withdrawn', 'cancelled', 'replaced')) = (ended_at IS NOT NULL)", name="ended"
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[LeaveKind] = mapped_column(state_type(LeaveKind, "kind"))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    minutes_a_day: Mapped[int | None]
    minutes: Mapped[int]
    advance_minutes: Mapped[int]
    note: Mapped[str] = mapped_column(String(1000))
    state: Mapped[RequestState] = mapped_column(state_type(RequestState, "state"))
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("leave_requests.id"))
    approver_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    asked_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None] = mapped_column(String(1000))
    given_back_on: Mapped[dt.date | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str | None] = mapped_column(String(1000))
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    days: Mapped[list[LeaveDay]] = relationship(
        lazy="raise", order_by="LeaveDay.on", cascade="all, delete-orphan"
    )
    certificates: Mapped[list[LeaveCertificate]] = relationship(
        lazy="raise", order_by="LeaveCertificate.uploaded_at"
    )


class LeaveDay(Base):
    """A working day that a request takes; of the live ones each person has one a day."""

    __tablename__ = "leave_request_days"
    __table_args__ = (
        Index(
            "uq_leave_request_days_live",
            "employee_id",
            "day_on",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        CheckConstraint("minutes > 0", name="something"),
    )

    request_id: Mapped[str] = mapped_column(ForeignKey("leave_requests.id"), primary_key=True)
    on: Mapped[dt.date] = mapped_column("day_on", primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    minutes: Mapped[int]
    is_live: Mapped[bool]


class LeaveCertificate(Base):
    """A medical certificate to a request; its file has a permission of its own."""

    __tablename__ = "leave_certificates"
    __table_args__ = (Index("ix_leave_certificates_request", "request_id", "uploaded_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("leave_requests.id"))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[dt.datetime]


constraints.declare(
    "uq_leave_request_days_live",
    field="starts_on",
    message="You have asked for leave on one of these days already.",
)
constraints.declare(
    "ck_leave_requests_two_people",
    field="",
    message="Leave is decided by someone other than who asks for it.",
)
