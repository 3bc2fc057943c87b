"""Versions of an agency's own rulebooks."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.rulebook_versions.states import RulebookState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class RulebookVersion(Base):
    """A rulebook as it was uploaded, faultless by the core's own validation; its text never changes."""

    __tablename__ = "rulebook_versions"
    __table_args__ = (
        UniqueConstraint("agency_id", "name", "version", name="uq_rulebook_versions_version"),
        CheckConstraint("decided_by IS NULL OR decided_by <> uploaded_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
        CheckConstraint("length(digest) = 64", name="digest"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    effective_from: Mapped[dt.date]
    effective_until: Mapped[dt.date | None]
    text: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[RulebookState] = mapped_column(state_type(RulebookState, "state"))
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    uploaded_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    withdrawn_at: Mapped[dt.datetime | None]
    agency: Mapped[Agency] = relationship(lazy="raise")
    uploader: Mapped[Account] = relationship(lazy="raise", foreign_keys=[uploaded_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "uq_rulebook_versions_version",
    field="file",
    message="This version of the rulebook is here already. Give the changed text the next version number.",
)
constraints.declare(
    "ck_rulebook_versions_two_people",
    field="",
    message="A rulebook is approved by someone other than who uploaded it.",
)
