"""Corrections of published lists, and the flags that they put on certificates and appointments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.corrections.states import Consequence
from app.exams.examinations.models import Examination
from app.exams.merit_lists.models import MeritList
from app.platform.db import Base
from app.platform.types import state_type


class Correction(Base):
    """One published list put in the place of another after a decision on its key; `figures` are counts."""

    __tablename__ = "corrections"
    __table_args__ = (UniqueConstraint("list_id", name="uq_corrections_list_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), index=True)
    earlier_list_id: Mapped[str] = mapped_column(ForeignKey("merit_lists.id"))
    list_id: Mapped[str] = mapped_column(ForeignKey("merit_lists.id"))
    figures: Mapped[dict[str, Any]]
    corrected_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    corrected_at: Mapped[dt.datetime]
    examination: Mapped[Examination] = relationship(lazy="raise")
    earlier_list: Mapped[MeritList] = relationship(lazy="raise", foreign_keys=[earlier_list_id])
    merit_list: Mapped[MeritList] = relationship(lazy="raise", foreign_keys=[list_id])
    flags: Mapped[list[CorrectionFlag]] = relationship(
        lazy="raise", order_by="CorrectionFlag.id", back_populates="correction"
    )


class CorrectionFlag(Base):
    """That a correction touches a certificate, or one appointment from it, and what an officer made of it.

    `effect` holds candidate numbers that came into reach or left it, and ranks before and after.
    """

    __tablename__ = "correction_flags"
    __table_args__ = (
        Index("ix_correction_flags_certificate", "certificate_id"),
        Index("ix_correction_flags_open", "decided_at", "raised_at"),
        CheckConstraint(
            "(decided_at IS NULL) = (consequence IS NULL) AND (decided_at IS NULL) = (reason IS NULL)",
            name="decided_with_reason",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    correction_id: Mapped[str] = mapped_column(ForeignKey("corrections.id"), index=True)
    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificates.id"))
    certificate_entry_id: Mapped[str | None] = mapped_column(ForeignKey("certificate_entries.id"))
    effect: Mapped[dict[str, Any]]
    raised_at: Mapped[dt.datetime]
    consequence: Mapped[Consequence | None] = mapped_column(state_type(Consequence, "consequence"))
    reason: Mapped[str | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    correction: Mapped[Correction] = relationship(lazy="raise", back_populates="flags")
    certificate: Mapped[Certificate] = relationship(lazy="raise")
    certificate_entry: Mapped[CertificateEntry | None] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise")
