"""The family members of employees whom a plan may cover, with the proof that each is one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.dependants.states import DependantState, Relation
from app.personnel.employees.models import Employee
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

LIVE_SPOUSE = text("relation = 'spouse' AND state IN ('claimed', 'verified')")


class Dependant(Base):
    """A family member; `ends_on` is the last day of eligibility, none for a spouse or a disabled child."""

    __tablename__ = "dependants"
    __table_args__ = (
        Index(
            "uq_dependants_spouse",
            "employee_id",
            unique=True,
            sqlite_where=LIVE_SPOUSE,
            postgresql_where=LIVE_SPOUSE,
        ),
        Index("ix_dependants_employee", "employee_id", "id"),
        Index("ix_dependants_agency", "agency_id", "state", "claimed_at"),
        Index("ix_dependants_ends", "state", "ends_on"),
        CheckConstraint("(state IN ('verified', 'refused')) <= (decided_at IS NOT NULL)", name="decided"),
        CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ended"),
        CheckConstraint("(evidence_digest IS NULL) = (evidence_name IS NULL)", name="evidence_has_name"),
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="ended_with_reason"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    name: Mapped[str] = mapped_column(String(200))
    relation: Mapped[Relation] = mapped_column(state_type(Relation, "relation"))
    born_on: Mapped[dt.date]
    is_disabled: Mapped[bool]
    evidence_digest: Mapped[str | None] = mapped_column(String(64))
    evidence_name: Mapped[str | None] = mapped_column(String(200))
    evidence_type: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[DependantState] = mapped_column(state_type(DependantState, "state"))
    claimed_at: Mapped[dt.datetime]
    ends_on: Mapped[dt.date | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None] = mapped_column(String(1000))
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[str | None] = mapped_column(String(400))
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise")


constraints.declare(
    "uq_dependants_spouse",
    field="relation",
    message="Your spouse is on the list already. Take that entry off first",
)
