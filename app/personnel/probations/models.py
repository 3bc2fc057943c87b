"""Under which rule an agency's probations run, and what was recommended and decided on each."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.appointments.models import Appointment
from app.personnel.probations.states import Outcome, ReviewState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class ProbationRegime(Base):
    """The rule of an agency, by its name in regimes.toml; agencies without a row have the usual one."""

    __tablename__ = "probation_regimes"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]


class ProbationReview(Base):
    """What somebody recommends on a probation, with reasons, and what was decided.

    `starts_on` and `ends_on` are those of the probation when it was reviewed; `decide_by` is the day until
    which the rule leaves both outcomes open; `last_day` the last day of service where it is ended.
    """

    __tablename__ = "probation_reviews"
    __table_args__ = (
        UniqueConstraint("appointment_id", name="uq_probation_reviews_appointment_id"),
        Index("ix_probation_reviews_agency", "agency_id", "state", "ends_on"),
        CheckConstraint("decided_by IS NULL OR decided_by <> reviewed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(decided_at IS NULL) = (outcome IS NULL)", name="outcome_decided"),
        CheckConstraint("last_day BETWEEN starts_on AND ends_on", name="last_day"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointments.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    decide_by: Mapped[dt.date]
    recommended: Mapped[Outcome] = mapped_column(state_type(Outcome, "recommended"))
    grounds: Mapped[str]
    state: Mapped[ReviewState] = mapped_column(state_type(ReviewState, "state"))
    reviewed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[dt.datetime]
    outcome: Mapped[Outcome | None] = mapped_column(state_type(Outcome, "outcome"))
    last_day: Mapped[dt.date | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    appointment: Mapped[Appointment] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    reviewer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[reviewed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "uq_probation_reviews_appointment_id", field="", message="This probation was reviewed a moment ago."
)
constraints.declare(
    "ck_probation_reviews_two_people",
    field="",
    message="A probation is decided by someone other than who recommended.",
)
