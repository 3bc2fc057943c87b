"""Who rates which script, and who must not."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.exams.assignments.states import AssignmentState, Basis, Turn
from app.exams.panels.models import PanelMember
from app.exams.scripts.models import Script
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class ScriptAssignment(Base):
    """One rater's rating of one script.

    `points` is the sum of its marks in units of the panel's 1/denominator, set when it is submitted.
    Where one person rates and another confirms, `confirmed_by` is the other, or `returned` says what the
    other found.
    """

    __tablename__ = "script_assignments"
    __table_args__ = (
        UniqueConstraint("script_id", "member_id", name="uq_script_assignments_member_id"),
        Index("ix_script_assignments_member", "member_id", "state", "id"),
        CheckConstraint("state <> 'submitted' OR points IS NOT NULL", name="submitted_has_points"),
        CheckConstraint("(points IS NULL) = (rated_by IS NULL)", name="rated_by_someone"),
        CheckConstraint("(points IS NULL) = (submitted_at IS NULL)", name="submitted_dated"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> rated_by", name="two_people"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_dated"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    script_id: Mapped[str] = mapped_column(ForeignKey("scripts.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("panel_members.id"))
    turn: Mapped[Turn] = mapped_column(state_type(Turn, "turn"))
    state: Mapped[AssignmentState] = mapped_column(state_type(AssignmentState, "state"))
    points: Mapped[int | None]
    assigned_at: Mapped[dt.datetime]
    rated_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    submitted_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    confirmed_at: Mapped[dt.datetime | None]
    returned: Mapped[str | None]
    script: Mapped[Script] = relationship(lazy="raise")
    member: Mapped[PanelMember] = relationship(lazy="raise")


class Recusal(Base):
    """A rater who must not rate a script; `made_by` is None where it was found by comparison."""

    __tablename__ = "recusals"
    __table_args__ = (UniqueConstraint("script_id", "member_id", name="uq_recusals_member_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    script_id: Mapped[str] = mapped_column(ForeignKey("scripts.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("panel_members.id"), index=True)
    basis: Mapped[Basis] = mapped_column(state_type(Basis, "basis"))
    reason: Mapped[str]
    made_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime]
    script: Mapped[Script] = relationship(lazy="raise")
    member: Mapped[PanelMember] = relationship(lazy="raise")


constraints.declare(
    "uq_script_assignments_member_id", field="", message="This rater has this script already."
)
constraints.declare("uq_recusals_member_id", field="", message="This rater is kept from this script already.")
constraints.declare(
    "ck_script_assignments_two_people",
    field="",
    message="A rating is confirmed by someone other than who gave it.",
)
