"""Purges of received applications whose time is over, and what each of them took."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.compliance.retention.states import PurgeState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.postings.models import Posting

_OPEN = text("state IN ('proposed', 'approved')")


def of_two_people() -> tuple[CheckConstraint, ...]:
    """Give the rules of every table of purges: two people, and each state with what it takes."""
    return (
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint(
            "state NOT IN ('approved', 'carried_out') OR decided_by IS NOT NULL", name="approved"
        ),
        CheckConstraint("(state = 'carried_out') = (done_at IS NOT NULL)", name="done"),
    )


class OfTwoPeople:
    """What every purge holds; it takes what came to its end before `cutoff_on`.

    `ids_digest` is the SHA-256 of the ids of what is purged, sorted, a line each.
    """

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[PurgeState] = mapped_column(state_type(PurgeState, "state"))
    cutoff_on: Mapped[dt.date]
    ids_digest: Mapped[str] = mapped_column(String(64))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    proposal_reason: Mapped[str] = mapped_column(String(1000))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(String(1000))
    done_at: Mapped[dt.datetime | None]


class Purge(OfTwoPeople, Base):
    """The end of one vacancy's applications, by the `law` of the schedule."""

    __tablename__ = "retention_purges"
    __table_args__ = (
        Index("ix_retention_purges_state", "state", "proposed_at", "id"),
        Index(
            "uq_retention_purges_open", "posting_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
        CheckConstraint("applications > 0", name="applications"),
        *of_two_people(),
    )

    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    law: Mapped[str] = mapped_column(String(300))
    applications: Mapped[int]
    posting: Mapped[Posting] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys="Purge.proposed_by")
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys="Purge.decided_by")


class PurgedApplication(Base):
    """An application whose content is gone; number, moments, decisions and digests stay."""

    __tablename__ = "purged_applications"

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    purge_id: Mapped[str] = mapped_column(ForeignKey("retention_purges.id"), index=True)


constraints.declare(
    "uq_retention_purges_open", field="", message="A purge of this vacancy waits already. Decide on it first."
)
