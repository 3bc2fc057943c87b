"""The fee a posting asks, the grounds on which it is waived, and what was recorded for each application."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.fees.states import FeeAct, FeeHold, FeeState


class PostingFee(Base):
    """What applying costs, in minor units, with the law that says so and what an unpaid fee holds up."""

    __tablename__ = "posting_fees"
    __table_args__ = (CheckConstraint("amount_minor > 0", name="amount"),)

    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"), primary_key=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    authority: Mapped[str] = mapped_column(String(300))
    where_to_pay: Mapped[str] = mapped_column(String(1000))
    hold: Mapped[FeeHold] = mapped_column(state_type(FeeHold, "hold"))
    grounds: Mapped[list[WaiverGround]] = relationship(
        lazy="raise", order_by="WaiverGround.position", cascade="all, delete-orphan"
    )


class WaiverGround(Base):
    """A ground on which the law waives the fee, and the paper that shows it."""

    __tablename__ = "fee_waiver_grounds"
    __table_args__ = (UniqueConstraint("posting_id", "position"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    posting_id: Mapped[str] = mapped_column(ForeignKey("posting_fees.posting_id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    source: Mapped[str] = mapped_column(String(300))
    evidence: Mapped[str] = mapped_column(String(300))


class ApplicationFee(Base):
    """The fee of one application, as it was when the person came to it; a waiver rests on `ground`."""

    __tablename__ = "application_fees"
    __table_args__ = (
        Index("ix_application_fees_state", "state", "chosen_at", "application_id"),
        CheckConstraint("(state IN ('paid', 'waived')) = (settled_at IS NOT NULL)", name="settled_dated"),
        CheckConstraint(
            "state NOT IN ('waiver_asked', 'waived') OR ground IS NOT NULL", name="waiver_has_ground"
        ),
    )

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    slip_number: Mapped[str] = mapped_column(String(40), unique=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[FeeState] = mapped_column(state_type(FeeState, "state"))
    ground: Mapped[str | None] = mapped_column(String(700))
    note: Mapped[str] = mapped_column(String(1000))
    chosen_at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]
    entries: Mapped[list[FeeEntry]] = relationship(lazy="raise", order_by="FeeEntry.recorded_at, FeeEntry.id")


class FeeEntry(Base):
    """One act that the office recorded; none is ever changed. `number` is the receipt's, of a payment."""

    __tablename__ = "fee_entries"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("application_fees.application_id"), index=True)
    act: Mapped[FeeAct] = mapped_column(state_type(FeeAct, "act"))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    reference: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(1000))
    recorded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]
