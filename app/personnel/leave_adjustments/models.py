"""Corrections that one person proposes and another decides."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.employees.models import Employee
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_adjustments.states import AdjustmentState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class LeaveAdjustment(Base):
    """Minutes to be added to a ledger or (negative) taken from it, and why."""

    __tablename__ = "leave_adjustments"
    __table_args__ = (
        Index("ix_leave_adjustments_agency", "agency_id", "state", "proposed_at", "id"),
        Index("ix_leave_adjustments_employee", "employee_id", "proposed_at"),
        CheckConstraint("minutes <> 0", name="something"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided_by_somebody"),
        CheckConstraint("expires_on > effective_on", name="expires_later"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[LeaveKind] = mapped_column(state_type(LeaveKind, "kind"))
    sort: Mapped[EntrySort] = mapped_column(state_type(EntrySort, "sort"))
    minutes: Mapped[int]
    effective_on: Mapped[dt.date]
    expires_on: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(String(2000))
    state: Mapped[AdjustmentState] = mapped_column(state_type(AdjustmentState, "state"))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(String(2000))
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "ck_leave_adjustments_two_people",
    field="",
    message="A correction is decided by someone other than who proposed it.",
)
