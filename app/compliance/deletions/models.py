"""Requests to delete, and holds, which win over them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.compliance.deletions.states import DeletionState, HoldState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

_OPEN = text("state IN ('asked', 'proposed', 'approved')")


class DeletionRequest(Base):
    """A person's request; `plan` is what was proposed, frozen; `result` counts what was then deleted."""

    __tablename__ = "deletion_requests"
    __table_args__ = (
        Index("ix_deletion_requests_state", "state", "asked_at", "id"),
        Index(
            "uq_deletion_requests_open",
            "account_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        CheckConstraint("proposed_by <> account_id AND decided_by <> account_id", name="not_oneself"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(proposed_by IS NULL) = (proposed_at IS NULL)", name="proposed"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint(
            "state NOT IN ('approved', 'carried_out') OR "
            "(decided_by IS NOT NULL AND proposed_by IS NOT NULL)",
            name="approved_by_two",
        ),
        CheckConstraint("(state = 'carried_out') = (done_at IS NOT NULL)", name="done"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[DeletionState] = mapped_column(state_type(DeletionState, "state"))
    asked_at: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(String(1000))
    plan: Mapped[dict[str, Any] | None]
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime | None]
    proposal_reason: Mapped[str | None] = mapped_column(String(1000))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(String(1000))
    done_at: Mapped[dt.datetime | None]
    result: Mapped[dict[str, Any] | None]
    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])
    proposer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


class LegalHold(Base):
    """An order to keep everything of a person; while it stands, nothing of theirs is deleted."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        Index("ix_legal_holds_account", "account_id", "state"),
        CheckConstraint("placed_by <> account_id", name="not_oneself"),
        CheckConstraint("released_by <> release_proposed_by", name="two_people"),
        CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name="released"),
        CheckConstraint(
            "state <> 'released' OR (released_by IS NOT NULL AND release_proposed_by IS NOT NULL)",
            name="released_by_two",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[HoldState] = mapped_column(state_type(HoldState, "state"))
    reason: Mapped[str] = mapped_column(String(1000))
    placed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    placed_at: Mapped[dt.datetime]
    release_proposed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    release_reason: Mapped[str | None] = mapped_column(String(1000))
    released_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    released_at: Mapped[dt.datetime | None]


constraints.declare(
    "uq_deletion_requests_open",
    field="",
    message="You already asked for this. Your request is being looked at.",
)
