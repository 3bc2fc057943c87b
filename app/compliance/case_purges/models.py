"""Purges of disciplinary cases whose time is over."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.compliance.retention.states import PurgeState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

_OPEN = text("state IN ('proposed', 'approved')")


class CasePurge(Base):
    """The end of an agency's cases that were kept until before `cutoff_on`, by the `law` of their rulebooks.

    `ids_digest` is the SHA-256 of their ids, sorted, a line each.
    """

    __tablename__ = "case_purges"
    __table_args__ = (
        Index("ix_case_purges_state", "state", "proposed_at", "id"),
        Index("uq_case_purges_open", "agency_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("cases > 0", name="cases"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint(
            "state NOT IN ('approved', 'carried_out') OR decided_by IS NOT NULL", name="approved"
        ),
        CheckConstraint("(state = 'carried_out') = (done_at IS NOT NULL)", name="done"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    state: Mapped[PurgeState] = mapped_column(state_type(PurgeState, "state"))
    cutoff_on: Mapped[dt.date]
    law: Mapped[str] = mapped_column(String(600))
    cases: Mapped[int]
    ids_digest: Mapped[str] = mapped_column(String(64))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    proposal_reason: Mapped[str] = mapped_column(String(1000))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(String(1000))
    done_at: Mapped[dt.datetime | None]
    agency: Mapped[Agency] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "uq_case_purges_open",
    field="",
    message="A purge of this agency’s cases waits. Decide on it first.",
)
