"""Decisions on contested items."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.challenges.states import ChallengeState
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.merit_lists.models import MeritList
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

PROPOSED = "state = 'proposed'"


class Challenge(Base):
    """What is decided about one item of a key, proposed by one person and confirmed by another.

    `series` names the booklet or language version that it is about, "" for all. `before` and `after` are
    the item's entries in the key, as keys hold them; they are the same where the key stays. `origin` says
    what led to it where nobody objected. `list_id` is the corrected list, where one was published before.
    """

    __tablename__ = "challenges"
    __table_args__ = (
        Index(
            "uq_challenges_proposed",
            "examination_id",
            "item",
            "series",
            unique=True,
            sqlite_where=text(PROPOSED),
            postgresql_where=text(PROPOSED),
        ),
        Index("ix_challenges_state", "state", "proposed_at"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint(
            "(state = 'confirmed' AND is_upheld) = (key_version_id IS NOT NULL)", name="changes_key"
        ),
        CheckConstraint("state <> 'returned' OR note IS NOT NULL", name="returned_with_reason"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    series: Mapped[str] = mapped_column(String(40))
    state: Mapped[ChallengeState] = mapped_column(state_type(ChallengeState, "state"))
    is_upheld: Mapped[bool]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str]
    origin: Mapped[str | None]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    note: Mapped[str | None]
    key_version_id: Mapped[str | None] = mapped_column(ForeignKey("key_versions.id"))
    list_id: Mapped[str | None] = mapped_column(ForeignKey("merit_lists.id"))
    examination: Mapped[Examination] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    key_version: Mapped[KeyVersion | None] = relationship(lazy="raise")
    merit_list: Mapped[MeritList | None] = relationship(lazy="raise")


constraints.declare(
    "uq_challenges_proposed", field="", message="A decision on this item already waits for its second person."
)
constraints.declare(
    "ck_challenges_two_people",
    field="",
    message="A decision is confirmed by someone other than who proposed it.",
)
