"""Corrections of marks."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.assignments.models import ScriptAssignment
from app.exams.mark_corrections.states import CorrectionState
from app.exams.panels.models import PanelCriterion
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

PROPOSED = "state = 'proposed'"


class MarkCorrection(Base):
    """One mark before and after, in units of the panel's 1/denominator, why, and by which two people."""

    __tablename__ = "mark_corrections"
    __table_args__ = (
        Index(
            "uq_mark_corrections_proposed",
            "assignment_id",
            "criterion_id",
            unique=True,
            sqlite_where=text(PROPOSED),
            postgresql_where=text(PROPOSED),
        ),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided_dated"),
        CheckConstraint("units_before <> units_after", name="changes"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    assignment_id: Mapped[str] = mapped_column(ForeignKey("script_assignments.id"))
    criterion_id: Mapped[str] = mapped_column(ForeignKey("panel_criteria.id"))
    units_before: Mapped[int]
    units_after: Mapped[int]
    reason: Mapped[str]
    state: Mapped[CorrectionState] = mapped_column(state_type(CorrectionState, "state"))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    assignment: Mapped[ScriptAssignment] = relationship(lazy="raise")
    criterion: Mapped[PanelCriterion] = relationship(lazy="raise")
    proposer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "uq_mark_corrections_proposed",
    field="",
    message="A correction of this mark waits for its decision already.",
)
constraints.declare(
    "ck_mark_corrections_two_people",
    field="",
    message="A correction is decided by someone other than who proposed it.",
)
constraints.declare(
    "ck_mark_corrections_changes", field="mark", message="This is the mark that stands already."
)
