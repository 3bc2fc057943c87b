"""Audits of certificates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.certificates.models import Certificate
from app.platform import constraints
from app.platform.db import Base


class SelectionAudit(Base):
    """What a replay of a certificate found; never changed afterwards but by its settlement.

    `findings` are `{"kind", "number", "sentence"}`, none for a lawful selection. `decisions_digest` covers
    the decisions that were replayed: an audit holds as long as no other decision is made. `digest` covers
    what went into the replay and what came out.
    """

    __tablename__ = "selection_audits"
    __table_args__ = (
        Index("ix_selection_audits_certificate", "certificate_id", "audited_at", "id"),
        CheckConstraint("settled_by IS NULL OR settled_by <> audited_by", name="two_people"),
        CheckConstraint(
            "(settled_by IS NULL) = (settled_at IS NULL) AND (settled_by IS NULL) = (settlement IS NULL)",
            name="settled",
        ),
        CheckConstraint("length(digest) = 64 AND length(decisions_digest) = 64", name="digests"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificates.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    is_lawful: Mapped[bool]
    findings: Mapped[list[Any]]
    decisions_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    audited_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    audited_at: Mapped[dt.datetime]
    settlement: Mapped[str | None]
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    settled_at: Mapped[dt.datetime | None]
    agency: Mapped[Agency] = relationship(lazy="raise")
    certificate: Mapped[Certificate] = relationship(lazy="raise")
    auditor: Mapped[Account] = relationship(lazy="raise", foreign_keys=[audited_by])
    settler: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[settled_by])


constraints.declare(
    "ck_selection_audits_two_people",
    field="",
    message="What an audit found is settled by someone other than who audited.",
)
