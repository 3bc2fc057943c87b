"""What happened in the lives of employees that lets them choose their benefits anew."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.benefit_plans.states import EventKind
from app.personnel.employees.models import Employee
from app.personnel.life_events.states import EventState
from app.platform.db import Base
from app.platform.types import state_type


class LifeEvent(Base):
    """An event, with its proof; once approved it lets the person choose until the end of `elects_until`."""

    __tablename__ = "life_events"
    __table_args__ = (
        Index("ix_life_events_employee", "employee_id", "happened_on"),
        Index("ix_life_events_agency", "agency_id", "state", "reported_at"),
        CheckConstraint("(state IN ('approved', 'refused')) = (decided_at IS NOT NULL)", name="decided"),
        CheckConstraint("(evidence_digest IS NULL) = (evidence_name IS NULL)", name="evidence_has_name"),
        CheckConstraint("elects_until >= happened_on", name="elects_after"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[EventKind] = mapped_column(state_type(EventKind, "kind"))
    happened_on: Mapped[dt.date]
    elects_until: Mapped[dt.date]
    note: Mapped[str] = mapped_column(String(1000))
    evidence_digest: Mapped[str | None] = mapped_column(String(64))
    evidence_name: Mapped[str | None] = mapped_column(String(200))
    evidence_type: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[EventState] = mapped_column(state_type(EventState, "state"))
    reported_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None] = mapped_column(String(1000))
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise")
