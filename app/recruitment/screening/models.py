"""Screening: a decision on each criterion, one outcome an application, and what corrections replaced."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Criterion


class Outcome(enum.Enum):
    """What screening found."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"


class CriterionDecision(Base):
    """Whether the application meets one criterion, as it stands now."""

    __tablename__ = "criterion_decisions"
    __table_args__ = (
        UniqueConstraint(
            "application_id", "criterion_id", name="uq_criterion_decisions_application_id_criterion_id"
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    criterion_id: Mapped[str] = mapped_column(ForeignKey("posting_criteria.id"))
    is_met: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(1000))
    decided_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime]
    criterion: Mapped[Criterion] = relationship(lazy="raise")


class ScreeningOutcome(Base):
    """The one outcome of an application, as it stands now; `version` counts its corrections from 1."""

    __tablename__ = "screening_outcomes"
    __table_args__ = (
        UniqueConstraint("application_id", name="uq_screening_outcomes_application_id"),
        CheckConstraint("version >= 1", name="version_from_one"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    outcome: Mapped[Outcome] = mapped_column(state_type(Outcome, "outcome"))
    reason: Mapped[str] = mapped_column(String(1000))
    version: Mapped[int] = mapped_column(default=1)
    decided_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime]
    application: Mapped[Application] = relationship(lazy="raise")
    decider: Mapped[Account] = relationship(lazy="raise")
    corrections: Mapped[list[ScreeningCorrection]] = relationship(
        lazy="raise", order_by="ScreeningCorrection.version"
    )


class ScreeningCorrection(Base):
    """A correction: everything decided before it and after it, and why; `version` is the one it made."""

    __tablename__ = "screening_corrections"
    __table_args__ = (
        UniqueConstraint("outcome_id", "version", name="uq_screening_corrections_outcome_id_version"),
        CheckConstraint("version >= 2", name="version_from_two"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    outcome_id: Mapped[str] = mapped_column(ForeignKey("screening_outcomes.id"))
    version: Mapped[int]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(String(1000))
    corrected_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    corrected_at: Mapped[dt.datetime]
    corrector: Mapped[Account] = relationship(lazy="raise")


constraints.declare(
    "uq_screening_outcomes_application_id",
    field="",
    message="Someone else recorded the outcome of this application just now. Reload the page to see it.",
)
