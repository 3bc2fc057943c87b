"""What an examination asks for an objection, the fee of each objection, and what was recorded of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.exams.objection_fees.states import FeeAct, FeeState
from app.platform.db import Base
from app.platform.types import state_type


class ObjectionTerms(Base):
    """What an objection to a key costs, in minor units, by which law, and on what grounds it is waived."""

    __tablename__ = "objection_terms"
    __table_args__ = (CheckConstraint("amount_minor > 0", name="amount"),)

    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), primary_key=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    authority: Mapped[str] = mapped_column(String(300))
    where_to_pay: Mapped[str] = mapped_column(String(1000))
    grounds: Mapped[list[Any]]


class ObjectionFee(Base):
    """The fee of one objection; a waiver rests on `ground`. `settled_at` says when it was out of the way."""

    __tablename__ = "objection_fees"
    __table_args__ = (
        Index("ix_objection_fees_state", "state", "asked_at", "objection_id"),
        CheckConstraint("state NOT IN ('waiver_asked', 'waived') OR ground IS NOT NULL", name="ground"),
        CheckConstraint("(state IN ('due', 'waiver_asked')) = (settled_at IS NULL)", name="settled_dated"),
    )

    objection_id: Mapped[str] = mapped_column(ForeignKey("objections.id"), primary_key=True)
    slip_number: Mapped[str] = mapped_column(String(40), unique=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[FeeState] = mapped_column(state_type(FeeState, "state"))
    ground: Mapped[str | None] = mapped_column(String(300))
    asked_at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]
    entries: Mapped[list[ObjectionFeeEntry]] = relationship(
        lazy="raise", order_by="ObjectionFeeEntry.recorded_at, ObjectionFeeEntry.id"
    )


class ObjectionFeeEntry(Base):
    """One act that the office recorded of a fee; none is ever changed."""

    __tablename__ = "objection_fee_entries"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    objection_id: Mapped[str] = mapped_column(ForeignKey("objection_fees.objection_id"), index=True)
    act: Mapped[FeeAct] = mapped_column(state_type(FeeAct, "act"))
    reference: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(1000))
    recorded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]
