"""Purges of disciplinary cases whose time is over."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.compliance.retention.models import OfTwoPeople, of_two_people
from app.platform import constraints
from app.platform.db import Base

_OPEN = text("state IN ('proposed', 'approved')")


class CasePurge(OfTwoPeople, Base):
    """The end of an agency's cases whose time was over, by the `law` of their rulebooks."""

    __tablename__ = "case_purges"
    __table_args__ = (
        Index("ix_case_purges_state", "state", "proposed_at", "id"),
        Index("uq_case_purges_open", "agency_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("cases > 0", name="cases"),
        *of_two_people(),
    )

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    law: Mapped[str] = mapped_column(String(600))
    cases: Mapped[int]
    agency: Mapped[Agency] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys="CasePurge.proposed_by")
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys="CasePurge.decided_by")


constraints.declare(
    "uq_case_purges_open",
    field="",
    message="A purge of this agency’s cases waits. Decide on it first.",
)
