"""Proofs that intake works, what went wrong, and the closings that were moved."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.interruptions.states import Cause, InterruptionState, Source
from app.recruitment.postings.models import Posting


class IntakeProof(Base):
    """A moment at which intake was seen to work; kept for a week."""

    __tablename__ = "intake_proofs"

    at: Mapped[dt.datetime] = mapped_column("proved_at", primary_key=True)


class IntakeFault(Base):
    """A request of somebody who applies that ended in a fault of ours.

    `person` tells people apart without naming them: the SHA-256 of the account's id.
    """

    __tablename__ = "intake_faults"
    __table_args__ = (Index("ix_intake_faults_at", "failed_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column("failed_at")
    endpoint: Mapped[str] = mapped_column(String(120))
    person: Mapped[str | None] = mapped_column(String(64))
    posting_id: Mapped[str | None] = mapped_column(ForeignKey("postings.id"), index=True)


class Interruption(Base):
    """A time in which applications could not come in: in all agencies, or in the one that declared it."""

    __tablename__ = "interruptions"
    __table_args__ = (
        Index("ix_interruptions_ends_at", "ends_at", "id"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("decided_by IS NULL OR decided_by <> declared_by", name="two_people"),
        CheckConstraint(
            "(source = 'declared') = (declared_by IS NOT NULL AND agency_id IS NOT NULL)",
            name="declared_by_someone",
        ),
        CheckConstraint(
            "source = 'measured' OR (state = 'proposed') = (decided_by IS NULL)", name="decided_by_someone"
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    source: Mapped[Source] = mapped_column(state_type(Source, "source"))
    state: Mapped[InterruptionState] = mapped_column(state_type(InterruptionState, "state"))
    reason: Mapped[str]
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agencies.id"))
    declared_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    declared_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    agency: Mapped[Agency | None] = relationship(lazy="raise")
    declarer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[declared_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


class MovedClosing(Base):
    """A closing that the clock-stop rule moved; the posting shows the first closing and the last."""

    __tablename__ = "moved_closings"
    __table_args__ = (
        UniqueConstraint("posting_id", "old_closes_at", name="uq_moved_closings_posting_id"),
        CheckConstraint("new_closes_at > old_closes_at", name="later"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"))
    old_closes_at: Mapped[dt.datetime]
    new_closes_at: Mapped[dt.datetime]
    cause: Mapped[Cause] = mapped_column(state_type(Cause, "cause"))
    moved_at: Mapped[dt.datetime]
    posting: Mapped[Posting] = relationship(lazy="raise")


constraints.declare(
    "ck_interruptions_two_people",
    field="",
    message="The officer who declared this interruption cannot also confirm it. Ask a second officer.",
)
constraints.declare(
    "ck_interruptions_ends_after_start", field="ends_at", message="The end must come after the start."
)
