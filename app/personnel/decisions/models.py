"""Decisions on cases, and what was found of each specification."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.notices.models import Notice
from app.personnel.discipline.states import Action
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class Decision(Base):
    """What the deciding official decided; without an `action` nothing is done to the employee.

    `carried_out_at` is when the service record was changed, or the reprimand was placed in it. Where the
    record refused that, `refusal` says in its words why, and `not_entered_reason` what an officer says to it.
    """

    __tablename__ = "case_decisions"
    __table_args__ = (
        UniqueConstraint("case_id", name="uq_case_decisions_case_id"),
        CheckConstraint("(action IS NULL) = (effective_on IS NULL)", name="effect_iff_action"),
        CheckConstraint(
            "CASE WHEN action = 'suspension' THEN coalesce(days, 0) BETWEEN 1 AND 14"
            " WHEN action = 'long_suspension' THEN coalesce(days, 0) > 14 ELSE days IS NULL END",
            name="days_fit_action",
        ),
        CheckConstraint(
            "(not_entered_at IS NULL) = (not_entered_reason IS NULL)"
            " AND (not_entered_at IS NULL) = (not_entered_by IS NULL)"
            " AND (not_entered_at IS NULL) = (refusal IS NULL)",
            name="not_entered_is_whole",
        ),
        CheckConstraint("carried_out_at IS NULL OR not_entered_at IS NULL", name="entered_or_not"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"))
    action: Mapped[Action | None] = mapped_column(state_type(Action, "action"))
    days: Mapped[int | None]
    effective_on: Mapped[dt.date | None]
    reasons: Mapped[str] = mapped_column(String(10000))
    decided_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime]
    decided_on: Mapped[dt.date]
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"))
    carried_out_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    carried_out_at: Mapped[dt.datetime | None]
    not_entered_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    not_entered_at: Mapped[dt.datetime | None]
    not_entered_reason: Mapped[str | None] = mapped_column(String(2000))
    refusal: Mapped[str | None] = mapped_column(String(1000))
    notice: Mapped[Notice] = relationship(lazy="raise")
    decider: Mapped[Account] = relationship(lazy="raise", foreign_keys=[decided_by])
    officer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[not_entered_by])
    findings: Mapped[list[Finding]] = relationship(
        lazy="raise", order_by="Finding.charge_id, Finding.specification"
    )


class Finding(Base):
    """Whether one specification of a charge, by its number from 1, is sustained."""

    __tablename__ = "case_findings"
    __table_args__ = (CheckConstraint("specification >= 1", name="numbered"),)

    decision_id: Mapped[str] = mapped_column(ForeignKey("case_decisions.id"), primary_key=True)
    charge_id: Mapped[str] = mapped_column(ForeignKey("charges.id"), primary_key=True)
    specification: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_sustained: Mapped[bool]


constraints.declare(
    "uq_case_decisions_case_id", field="", message="This case was decided already. A decision is made once."
)
