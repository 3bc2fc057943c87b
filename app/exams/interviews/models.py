"""Times at which candidates are interviewed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.exams.panels.models import Panel
from app.exams.scripts.models import Script
from app.platform import constraints
from app.platform.db import Base


class InterviewSlot(Base):
    """A time and a place for one interview; whoever is invited was written to at `invited_at`."""

    __tablename__ = "interview_slots"
    __table_args__ = (
        UniqueConstraint("panel_id", "starts_at", "place", name="uq_interview_slots_place"),
        UniqueConstraint("script_id", name="uq_interview_slots_script_id"),
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes"),
        CheckConstraint("invited_at IS NULL OR script_id IS NOT NULL", name="invited_somebody"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    panel_id: Mapped[str] = mapped_column(ForeignKey("panels.id"))
    script_id: Mapped[str | None] = mapped_column(ForeignKey("scripts.id"))
    starts_at: Mapped[dt.datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(300))
    invited_at: Mapped[dt.datetime | None]
    panel: Mapped[Panel] = relationship(lazy="raise")
    script: Mapped[Script | None] = relationship(lazy="raise")


class InterviewTerms(Base):
    """What those invited by a panel are told besides time and place.

    `bring` is a thing a line; empty stands for an identity paper alone. `shows_subjects` lets the invitation
    name what is rated.
    """

    __tablename__ = "interview_terms"

    panel_id: Mapped[str] = mapped_column(ForeignKey("panels.id"), primary_key=True)
    bring: Mapped[str]
    shows_subjects: Mapped[bool]
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]


constraints.declare(
    "uq_interview_slots_place", field="starts_at", message="There is a time at this moment in this place."
)
constraints.declare("uq_interview_slots_script_id", field="", message="This candidate has a time already.")
