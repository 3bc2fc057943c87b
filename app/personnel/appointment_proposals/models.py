"""The appointment_proposals table: what one officer proposes about an appointment, and another decides."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.appointment_proposals.states import ProposalState, ProposedAct
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.models import Position
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

OPEN = text("state = 'proposed'")


class AppointmentProposal(Base):
    """One proposal; `appointment_id` is the appointment that came of it, or that it takes back.

    `late_reason` says why the first day had passed already when it was proposed.
    """

    __tablename__ = "appointment_proposals"
    __table_args__ = (
        Index(
            "uq_appointment_proposals_open",
            "position_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_appointment_proposals_agency", "agency_id", "state", "proposed_at", "id"),
        Index("ix_appointment_proposals_appointment", "appointment_id"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state IN ('approved', 'refused')) = (decided_at IS NOT NULL)", name="decided"),
        CheckConstraint("(act = 'appoint') = (starts_on IS NOT NULL)", name="first_day"),
        CheckConstraint("(act = 'appoint') = (term_ends_on IS NOT NULL)", name="term"),
        CheckConstraint("term_ends_on >= starts_on", name="term_after_start"),
        CheckConstraint("act = 'appoint' OR appointment_id IS NOT NULL", name="what_is_taken_back"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    act: Mapped[ProposedAct] = mapped_column(state_type(ProposedAct, "act"))
    state: Mapped[ProposalState] = mapped_column(state_type(ProposalState, "state"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    position_id: Mapped[str] = mapped_column(ForeignKey("positions.id"))
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointments.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    kind: Mapped[AppointmentKind] = mapped_column(state_type(AppointmentKind, "kind"))
    authority_code: Mapped[str] = mapped_column(String(40))
    authority: Mapped[str] = mapped_column(String(300))
    starts_on: Mapped[dt.date | None]
    term_ends_on: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(String(2000))
    late_reason: Mapped[str | None] = mapped_column(String(1000))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(String(1000))
    agency: Mapped[Agency] = relationship(lazy="raise")
    position: Mapped[Position] = relationship(lazy="raise")
    appointment: Mapped[Appointment | None] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "uq_appointment_proposals_open", field="", message="Something is proposed for this position already."
)
constraints.declare(
    "ck_appointment_proposals_two_people",
    field="",
    message="A proposal is decided by somebody other than who made it.",
)
