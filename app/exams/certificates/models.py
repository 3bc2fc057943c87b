"""Certificates of eligible names and what the appointing authority decided on each."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.personnel.positions.models import Position
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.requisitions.models import Requisition

OPEN = "state IN ('drafted', 'issued')"
DECIDED = "outcome <> 'pending'"


class Certificate(Base):
    """Names certified from a published list to fill a requisition's positions.

    `rule` is the rulebook's own name of how names come within reach; `number` is its public number.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("number", name="uq_certificates_number"),
        Index(
            "uq_certificates_open",
            "requisition_id",
            "merit_list_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        CheckConstraint("issued_by IS NULL OR issued_by <> requested_by", name="two_people"),
        CheckConstraint("state IN ('drafted', 'discarded') OR issued_at IS NOT NULL", name="issued"),
        CheckConstraint("vacancies >= 1", name="vacancies"),
        Index("ix_certificates_expiry", "state", "expires_on"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    merit_list_id: Mapped[str] = mapped_column(ForeignKey("merit_lists.id"), index=True)
    requisition_id: Mapped[str] = mapped_column(ForeignKey("requisitions.id"), index=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    rule: Mapped[str] = mapped_column(String(80))
    vacancies: Mapped[int]
    state: Mapped[CertificateState] = mapped_column(state_type(CertificateState, "state"))
    requested_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    requested_at: Mapped[dt.datetime]
    issued_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    issued_at: Mapped[dt.datetime | None]
    expires_on: Mapped[dt.date | None]
    ended_at: Mapped[dt.datetime | None]
    merit_list: Mapped[MeritList] = relationship(lazy="raise")
    requisition: Mapped[Requisition] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    requester: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[requested_by])
    issuer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[issued_by])
    entries: Mapped[list[CertificateEntry]] = relationship(lazy="raise", order_by="CertificateEntry.position")


class CertificateEntry(Base):
    """A name on a certificate; `position` is its order, `position_id` what it was appointed to.

    `code` and `reason` are those of a decline or a pass-over, `evidence_digest` names its paper in the file
    store; a pass-over that needs approval holds who gave it.
    """

    __tablename__ = "certificate_entries"
    __table_args__ = (
        UniqueConstraint("certificate_id", "entry_id", name="uq_certificate_entries_entry_id"),
        UniqueConstraint("certificate_id", "position", name="uq_certificate_entries_position"),
        Index(
            "uq_certificate_entries_appointed",
            "entry_id",
            unique=True,
            sqlite_where=text("outcome = 'appointed'"),
            postgresql_where=text("outcome = 'appointed'"),
        ),
        CheckConstraint("approved_by IS NULL OR approved_by <> decided_by", name="two_people"),
        CheckConstraint(f"({DECIDED}) = (decided_at IS NOT NULL)", name="decided"),
        CheckConstraint("(outcome = 'appointed') = (position_id IS NOT NULL)", name="appointed"),
        CheckConstraint(
            "outcome NOT IN ('declined', 'passed_over', 'objected') "
            "OR (code IS NOT NULL AND reason IS NOT NULL)",
            name="reasoned",
        ),
        CheckConstraint("(evidence_digest IS NULL) = (evidence_name IS NULL)", name="evidence_has_name"),
        Index("ix_certificate_entries_entry_id", "entry_id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificates.id"))
    entry_id: Mapped[str] = mapped_column(ForeignKey("merit_list_entries.id"))
    position: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(state_type(Outcome, "outcome"))
    code: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None]
    evidence_name: Mapped[str | None] = mapped_column(String(255))
    evidence_digest: Mapped[str | None] = mapped_column(String(64))
    evidence_type: Mapped[str | None] = mapped_column(String(100))
    position_id: Mapped[str | None] = mapped_column(ForeignKey("positions.id"))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    approved_at: Mapped[dt.datetime | None]
    certificate: Mapped[Certificate] = relationship(lazy="raise", back_populates="entries")
    entry: Mapped[MeritListEntry] = relationship(lazy="raise")
    appointed_to: Mapped[Position | None] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    approver: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[approved_by])


constraints.declare("uq_certificates_number", field="", message="Another certificate has this number.")
constraints.declare(
    "uq_certificates_open",
    field="requisition_id",
    message="A certificate for this requisition is already open from this list.",
)
constraints.declare(
    "ck_certificates_two_people",
    field="",
    message="A certificate is issued by someone other than who requested it.",
)
constraints.declare(
    "ck_certificate_entries_two_people",
    field="",
    message="A pass-over is approved by someone other than who proposed it.",
)
constraints.declare(
    "uq_certificate_entries_appointed", field="", message="This person was already appointed from this list."
)
