"""The reclassifications table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.positions.models import Position
from app.personnel.reclassifications.states import ReclassificationState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

OPEN = text("state IN ('proposed', 'approved')")


class Reclassification(Base):
    """Another class, grade or pay of a position from a day on; `before` and `after` are frozen."""

    __tablename__ = "reclassifications"
    __table_args__ = (
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("state <> 'proposed' OR decided_at IS NULL", name="proposed_is_undecided"),
        CheckConstraint("(state = 'effected') = (effected_at IS NOT NULL)", name="effected"),
        CheckConstraint("state NOT IN ('refused', 'cancelled') OR outcome_reason <> ''", name="reasoned"),
        Index("ix_reclassifications_agency", "agency_id", "effective_on", "id"),
        Index("ix_reclassifications_state", "state", "effective_on"),
        Index(
            "uq_reclassifications_open",
            "position_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    position_id: Mapped[str] = mapped_column(ForeignKey("positions.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    state: Mapped[ReclassificationState] = mapped_column(state_type(ReclassificationState, "state"))
    effective_on: Mapped[dt.date]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    authority_code: Mapped[str] = mapped_column(String(20))
    authority: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(String(4000))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    outcome_reason: Mapped[str] = mapped_column(String(2000), default="")
    effected_at: Mapped[dt.datetime | None]
    position: Mapped[Position] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "ck_reclassifications_two_people",
    field="",
    message="A reclassification is approved by someone other than who proposed it.",
)
constraints.declare(
    "uq_reclassifications_open",
    field="",
    message="A reclassification of this position waits already.",
)
