"""Reserve lists behind certificates, and the calls from them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.merit_lists.models import MeritListEntry
from app.exams.reserves.states import ReserveState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class ReserveList(Base):
    """Who is kept behind a certificate until `lapses_on`, the last day on which somebody may be called.

    `causes` are the rulebook's: by which a place falls free again, with commas between them.
    """

    __tablename__ = "reserve_lists"
    __table_args__ = (
        UniqueConstraint("certificate_id", name="uq_reserve_lists_certificate_id"),
        CheckConstraint("(state = 'standing') = (ended_at IS NULL)", name="ended"),
        Index("ix_reserve_lists_lapse", "state", "lapses_on"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificates.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    state: Mapped[ReserveState] = mapped_column(state_type(ReserveState, "state"))
    causes: Mapped[str] = mapped_column(String(80))
    kept_at: Mapped[dt.datetime]
    lapses_on: Mapped[dt.date]
    ended_at: Mapped[dt.datetime | None]
    certificate: Mapped[Certificate] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    entries: Mapped[list[ReserveEntry]] = relationship(lazy="raise", order_by="ReserveEntry.position")


class ReserveEntry(Base):
    """A person in reserve; `position` is the order in which they are called."""

    __tablename__ = "reserve_entries"
    __table_args__ = (
        UniqueConstraint("reserve_id", "entry_id", name="uq_reserve_entries_entry_id"),
        UniqueConstraint("reserve_id", "position", name="uq_reserve_entries_position"),
        Index("ix_reserve_entries_entry_id", "entry_id"),
        CheckConstraint("position >= 1", name="position"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    reserve_id: Mapped[str] = mapped_column(ForeignKey("reserve_lists.id"))
    entry_id: Mapped[str] = mapped_column(ForeignKey("merit_list_entries.id"))
    position: Mapped[int]
    entry: Mapped[MeritListEntry] = relationship(lazy="raise")
    call: Mapped[ReserveCall | None] = relationship(lazy="raise", back_populates="called")


class ReserveCall(Base):
    """A person called from the reserve to a place that fell free.

    `place_id` is the name whose place it was, `made_id` the name that the call put on the certificate.
    `cause` says how the place fell free, `free_since` on which day, `reason` what that rests on.
    """

    __tablename__ = "reserve_calls"
    __table_args__ = (
        UniqueConstraint("reserve_entry_id", name="uq_reserve_calls_reserve_entry_id"),
        UniqueConstraint("place_id", name="uq_reserve_calls_place_id"),
        UniqueConstraint("made_id", name="uq_reserve_calls_made_id"),
        CheckConstraint("place_id <> made_id", name="other_name"),
        CheckConstraint("(evidence_digest IS NULL) = (evidence_name IS NULL)", name="evidence_has_name"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    reserve_entry_id: Mapped[str] = mapped_column(ForeignKey("reserve_entries.id"))
    place_id: Mapped[str] = mapped_column(ForeignKey("certificate_entries.id"))
    made_id: Mapped[str] = mapped_column(ForeignKey("certificate_entries.id"))
    cause: Mapped[str] = mapped_column(String(20))
    free_since: Mapped[dt.date]
    reason: Mapped[str]
    evidence_name: Mapped[str | None] = mapped_column(String(255))
    evidence_digest: Mapped[str | None] = mapped_column(String(64))
    evidence_type: Mapped[str | None] = mapped_column(String(100))
    called_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    called_at: Mapped[dt.datetime]
    called: Mapped[ReserveEntry] = relationship(lazy="raise", back_populates="call")
    place: Mapped[CertificateEntry] = relationship(lazy="raise", foreign_keys=[place_id])
    made: Mapped[CertificateEntry] = relationship(lazy="raise", foreign_keys=[made_id])
    caller: Mapped[Account] = relationship(lazy="raise")


constraints.declare(
    "uq_reserve_calls_reserve_entry_id", field="", message="This person was called from the reserve already."
)
constraints.declare(
    "uq_reserve_calls_place_id",
    field="place_id",
    message="Somebody was called to this place already.",
)
