"""Marks of attendance, and doubts about identities."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.attendance.states import DoubtState, Way
from app.exams.examinations.models import Candidate
from app.exams.examinations.states import Attendance
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

OPEN = "state = 'open'"


class AttendanceMark(Base):
    """One marking of one candidate, never changed; the latest is what stands in candidates.attendance.

    `arrived_at` is told of somebody who was let in after the doors had closed.
    """

    __tablename__ = "attendance_marks"
    __table_args__ = (
        Index("ix_attendance_marks_candidate", "candidate_id", "marked_at", "id"),
        CheckConstraint("way <> 'correction' OR reason IS NOT NULL", name="corrected_with_reason"),
        CheckConstraint("arrived_at IS NULL OR attendance = 'present'", name="arrived_is_present"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"))
    attendance: Mapped[Attendance] = mapped_column(state_type(Attendance, "attendance"))
    way: Mapped[Way] = mapped_column(state_type(Way, "way"))
    reason: Mapped[str | None] = mapped_column(String(500))
    arrived_at: Mapped[dt.datetime | None]
    marked_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    marked_at: Mapped[dt.datetime]
    marker: Mapped[Account | None] = relationship(lazy="raise")


class IdentityDoubt(Base):
    """A doubt whether somebody is who their card says, and what was found."""

    __tablename__ = "identity_doubts"
    __table_args__ = (
        Index(
            "uq_identity_doubts_open",
            "candidate_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),
        CheckConstraint("(settled_at IS NULL) = (finding IS NULL)", name="settled_with_finding"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), index=True)
    note: Mapped[str] = mapped_column(String(1000))
    state: Mapped[DoubtState] = mapped_column(state_type(DoubtState, "state"))
    raised_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    raised_at: Mapped[dt.datetime]
    finding: Mapped[str | None] = mapped_column(String(1000))
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    settled_at: Mapped[dt.datetime | None]
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    raiser: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[raised_by])
    settler: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[settled_by])


constraints.declare(
    "uq_identity_doubts_open", field="note", message="A doubt about this candidate already stands open."
)
