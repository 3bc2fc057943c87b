"""Requisitions and the vacant positions that each asks to fill."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.positions.models import Position
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.requisitions.states import RequisitionState


class Requisition(Base):
    """An agency's request to fill vacant positions of one class; `rulebook` names how people are ranked.

    `advertised_at` is set while a posting that is not cancelled stands for it.
    """

    __tablename__ = "requisitions"
    __table_args__ = (
        Index("ix_requisitions_agency_state", "agency_id", "state", "id"),
        CheckConstraint(
            "decided_by IS NULL OR (decided_by <> requested_by AND decided_by <> created_by)",
            name="two_people",
        ),
        CheckConstraint(
            "state NOT IN ('submitted', 'approved', 'refused')"
            " OR (requested_at IS NOT NULL AND requested_by IS NOT NULL)",
            name="submitted_has_person",
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'refused') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name="decision_has_person",
        ),
        CheckConstraint("state <> 'refused' OR decision_reason IS NOT NULL", name="refusal_has_reason"),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL)",
            name="cancelled_has_reason",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    title: Mapped[str] = mapped_column(String(200))
    justification: Mapped[str]
    rulebook: Mapped[str] = mapped_column(String(80))
    state: Mapped[RequisitionState] = mapped_column(state_type(RequisitionState, "state"))
    created_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    requested_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    requested_at: Mapped[dt.datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    cancelled_at: Mapped[dt.datetime | None]
    cancel_reason: Mapped[str | None]
    advertised_at: Mapped[dt.datetime | None]

    agency: Mapped[Agency] = relationship(lazy="raise")
    creator: Mapped[Account] = relationship(lazy="raise", foreign_keys=[created_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    entries: Mapped[list[RequisitionPosition]] = relationship(
        lazy="raise", order_by="RequisitionPosition.position_id", cascade="all, delete-orphan"
    )


class RequisitionPosition(Base):
    """A position in a requisition; `is_live` ends when the requisition ends or the position is filled."""

    __tablename__ = "requisition_positions"
    __table_args__ = (
        Index(
            "uq_requisition_positions_live",
            "position_id",
            unique=True,
            sqlite_where=text("is_live"),
            postgresql_where=text("is_live"),
        ),
    )

    requisition_id: Mapped[str] = mapped_column(ForeignKey("requisitions.id"), primary_key=True)
    position_id: Mapped[str] = mapped_column(ForeignKey("positions.id"), primary_key=True)
    is_live: Mapped[bool]
    filled_at: Mapped[dt.datetime | None]

    position: Mapped[Position] = relationship(lazy="raise")


constraints.declare(
    "uq_requisition_positions_live",
    field="positions",
    message="One of these positions already stands in another requisition. Open the list again and choose.",
)
constraints.declare(
    "ck_requisitions_two_people",
    field="",
    message="The person who wrote or submitted this requisition cannot also decide. Ask a second officer.",
)
