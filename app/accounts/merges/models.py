"""Merges of two accounts of one person, and what people can be recognised by."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.merges.states import MergeState
from app.accounts.models import Account
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

_LIVE = "state IN ('proposed', 'done')"


class Merge(Base):
    """Two accounts joined, or proposed to be: `absorbed` is closed, `kept` goes on with what moved.

    `choices` maps a conflict to "kept" or "absorbed"; `moved` lists each row's table, key and way.
    """

    __tablename__ = "account_merges"
    __table_args__ = (
        Index(
            "uq_account_merges_absorbed",
            "absorbed_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        CheckConstraint("kept_id <> absorbed_id", name="two_accounts"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("proposed_by NOT IN (kept_id, absorbed_id)", name="not_oneself"),
        CheckConstraint("decided_by NOT IN (kept_id, absorbed_id)", name="not_decided_by_oneself"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kept_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    absorbed_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[MergeState] = mapped_column(state_type(MergeState, "state"))
    reason: Mapped[str]
    choices: Mapped[dict[str, Any]]
    moved: Mapped[list[Any]]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    undone_at: Mapped[dt.datetime | None]
    undo_reason: Mapped[str | None]
    kept: Mapped[Account] = relationship(lazy="raise", foreign_keys=[kept_id])
    absorbed: Mapped[Account] = relationship(lazy="raise", foreign_keys=[absorbed_id])
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])


class MergeConsent(Base):
    """What the owner of one mailbox says to a merge; `agrees` is None until the mailed link was followed."""

    __tablename__ = "merge_consents"
    __table_args__ = (CheckConstraint("(agrees IS NULL) = (answered_at IS NULL)", name="answered"),)

    merge_id: Mapped[str] = mapped_column(ForeignKey("account_merges.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]
    agrees: Mapped[bool | None]


class MatchKey(Base):
    """What a person can be recognised by, as a keyed digest: equal ones belong to the same pair of a look."""

    __tablename__ = "match_keys"
    __table_args__ = (Index("ix_match_keys_digest", "digest", "account_id"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


class NotTheSame(Base):
    """Two accounts that an officer looked at and found to be two people's; the smaller id stands first."""

    __tablename__ = "distinct_people"

    first_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    second_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    reason: Mapped[str]
    decided_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime]


constraints.declare(
    "uq_account_merges_absorbed", field="", message="A merge of this account is already proposed or done."
)
