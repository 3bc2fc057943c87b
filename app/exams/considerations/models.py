"""Considerations owed to people."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.considerations.states import ConsiderationState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.applications.models import Application


class Consideration(Base):
    """One consideration before all others, for a vacancy of a class in an agency.

    `source` is the typed id of what found the loss, `used_on` that of the certificate on which the person
    was considered: rows of later nouns, so they carry no foreign keys.
    """

    __tablename__ = "considerations"
    __table_args__ = (
        Index("ix_considerations_owed", "agency_id", "class_code", "state", "id"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'used') = (used_on IS NOT NULL AND used_at IS NOT NULL)", name="used"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), index=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    class_code: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str]
    source: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[ConsiderationState] = mapped_column(state_type(ConsiderationState, "state"))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    used_on: Mapped[str | None] = mapped_column(String(40))
    used_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    used_at: Mapped[dt.datetime | None]
    outcome: Mapped[str | None]
    application: Mapped[Application] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])


constraints.declare(
    "ck_considerations_two_people",
    field="",
    message="A consideration is granted by someone other than who proposed it.",
)
