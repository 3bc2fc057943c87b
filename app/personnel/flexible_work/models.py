"""The flexible_arrangements table: one row from the request to the end of the arrangement."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.notices.models import Notice
from app.personnel.employees.models import Employee
from app.personnel.flexible_work.states import Kind, WorkState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

LIVE = text("state IN ('requested', 'granted')")


class FlexibleArrangement(Base):
    """`pattern` gives the minutes of ten days of two weeks, and which of them are away from the office.

    `answers` maps criteria of the rulebook to whether each is met, as the supervisor found. `hours_before`
    are the weekly minutes to which part time goes back when it ends.
    """

    __tablename__ = "flexible_arrangements"
    __table_args__ = (
        Index(
            "uq_flexible_arrangements_live",
            "employee_id",
            "kind",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        CheckConstraint("starts_on <= ends_on", name="ends_after"),
        CheckConstraint("review_on > starts_on", name="review_after"),
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="two_people"),
        CheckConstraint(
            "(state IN ('refused', 'granted', 'ended')) = (decided_at IS NOT NULL)", name="decided"
        ),
        CheckConstraint("(decided_at IS NULL) = (reason IS NULL)", name="decided_with_reason"),
        CheckConstraint(
            "state NOT IN ('granted', 'ended') OR review_on IS NOT NULL", name="granted_to_review"
        ),
        CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ended"),
        CheckConstraint("weekly_minutes BETWEEN 60 AND 6000", name="weekly_minutes"),
        Index("ix_flexible_arrangements_agency", "agency_id", "state", "review_on"),
        Index("ix_flexible_arrangements_employee", "employee_id", "requested_at", "id"),
        Index("ix_flexible_arrangements_approver", "approver_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[Kind] = mapped_column(state_type(Kind, "kind"))
    state: Mapped[WorkState] = mapped_column(state_type(WorkState, "state"))
    rulebook: Mapped[str] = mapped_column(String(60))
    pattern: Mapped[dict[str, Any]]
    weekly_minutes: Mapped[int]
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]
    why: Mapped[str]
    requested_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    requested_at: Mapped[dt.datetime]
    approver_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    answers: Mapped[dict[str, Any] | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    review_on: Mapped[dt.date | None]
    hours_before: Mapped[int | None]
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[str | None]
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    notice: Mapped[Notice | None] = relationship(lazy="raise")


constraints.declare(
    "uq_flexible_arrangements_live",
    field="kind",
    message="You have asked for this kind of work, or have an agreement on it, already.",
)
constraints.declare(
    "ck_flexible_arrangements_two_people", field="", message="Somebody other than who asked decides."
)
