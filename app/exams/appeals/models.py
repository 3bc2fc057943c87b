"""Appeals of applicants."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.appeals.states import AppealState, Subject
from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say
from app.platform.types import state_type
from app.recruitment.applications.models import Application

FILED = "state = 'filed'"


class Appeal(Base):
    """What an applicant contests and why; decided once, by somebody who had no part in the decision."""

    __tablename__ = "appeals"
    __table_args__ = (
        Index(
            "uq_appeals_filed",
            "application_id",
            "subject",
            unique=True,
            sqlite_where=text(FILED),
            postgresql_where=text(FILED),
        ),
        Index("ix_appeals_agency", "agency_id", "state", "filed_at"),
        CheckConstraint(
            "(state IN ('upheld', 'dismissed')) = (decided_at IS NOT NULL AND decision IS NOT NULL)",
            name="decided",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    subject: Mapped[Subject] = mapped_column(state_type(Subject, "subject"))
    grounds: Mapped[str]
    state: Mapped[AppealState] = mapped_column(state_type(AppealState, "state"))
    filed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    decision: Mapped[str | None]
    application: Mapped[Application] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise")


constraints.declare(
    "uq_appeals_filed", field="", message=say("You have already appealed against this decision.")
)
