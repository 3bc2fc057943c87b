"""Offers made from a certificate."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.certificates.models import CertificateEntry
from app.exams.offers.states import OfferState
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.models import Position
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

LIVE = "state IN ('made', 'accepted')"


class Offer(Base):
    """A position offered to a name on a certificate; `reply_by` is the first moment that is too late."""

    __tablename__ = "offers"
    __table_args__ = (
        Index(
            "uq_offers_entry",
            "certificate_entry_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index(
            "uq_offers_position",
            "position_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_offers_reply_by", "state", "reply_by"),
        CheckConstraint("(state = 'made') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("reply_by > made_at", name="reply_by"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    certificate_entry_id: Mapped[str] = mapped_column(ForeignKey("certificate_entries.id"))
    position_id: Mapped[str] = mapped_column(ForeignKey("positions.id"))
    kind: Mapped[AppointmentKind] = mapped_column(state_type(AppointmentKind, "kind"))
    starts_on: Mapped[dt.date]
    reply_by: Mapped[dt.datetime]
    state: Mapped[OfferState] = mapped_column(state_type(OfferState, "state"))
    made_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    code: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None]
    entry: Mapped[CertificateEntry] = relationship(lazy="raise")
    position: Mapped[Position] = relationship(lazy="raise")
    maker: Mapped[Account] = relationship(lazy="raise")


constraints.declare("uq_offers_entry", field="", message="This person has an offer that is still open.")
constraints.declare(
    "uq_offers_position", field="position_id", message="This position is offered to somebody else."
)
