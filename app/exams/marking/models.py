"""Marks by criterion."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.exams.assignments.models import ScriptAssignment
from app.exams.panels.models import PanelCriterion
from app.platform.db import Base


class ScriptMark(Base):
    """What a rater gave for one criterion, in units of the panel's 1/denominator; None while only noted."""

    __tablename__ = "script_marks"
    __table_args__ = (CheckConstraint("units IS NULL OR units >= 0", name="units"),)

    assignment_id: Mapped[str] = mapped_column(ForeignKey("script_assignments.id"), primary_key=True)
    criterion_id: Mapped[str] = mapped_column(ForeignKey("panel_criteria.id"), primary_key=True)
    units: Mapped[int | None]
    note: Mapped[str]
    saved_at: Mapped[dt.datetime]
    assignment: Mapped[ScriptAssignment] = relationship(lazy="raise")
    criterion: Mapped[PanelCriterion] = relationship(lazy="raise")
