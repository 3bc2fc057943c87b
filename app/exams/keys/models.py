"""Versions of an examination's key."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Examination
from app.exams.keys.states import KeyState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

PROPOSED = "state = 'proposed'"


class KeyVersion(Base):
    """A key as one person proposed it and another decided on it; never changed afterwards.

    `answers` maps each item's code to `{"treatment": ..., "accepted": [...]}`. The key in force is the
    approved version with the highest number.
    """

    __tablename__ = "key_versions"
    __table_args__ = (
        UniqueConstraint("examination_id", "version", name="uq_key_versions_version"),
        Index(
            "uq_key_versions_proposed",
            "examination_id",
            unique=True,
            sqlite_where=text(PROPOSED),
            postgresql_where=text(PROPOSED),
        ),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    version: Mapped[int]
    answers: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str]
    state: Mapped[KeyState] = mapped_column(state_type(KeyState, "state"))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    examination: Mapped[Examination] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "uq_key_versions_version",
    field="",
    message="Another version was proposed at the same moment.",
)
constraints.declare(
    "uq_key_versions_proposed", field="", message="A version of this key already waits for a decision."
)
constraints.declare(
    "ck_key_versions_two_people", field="", message="A key is approved by someone other than who proposed it."
)
