"""The seating of an examination: its rule's seed, candidates' wishes, seats and moves."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.centres.models import Centre
from app.exams.examinations.models import Candidate, Examination
from app.exams.sessions.models import ExamSession
from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say


class SeatingPlan(Base):
    """How an examination is seated.

    Candidates may name centres until `wishes_until`. Fixed, it holds the public seed, the digests of what
    the rule was given (`inputs_digest` names that file in the store) and of the seats it gave; released,
    candidates may take their cards.
    """

    __tablename__ = "seating_plans"
    __table_args__ = (
        CheckConstraint(
            "(fixed_at IS NULL) = (seed IS NULL) AND (fixed_at IS NULL) = (inputs_digest IS NULL)"
            " AND (fixed_at IS NULL) = (seats_digest IS NULL)",
            name="fixed_whole",
        ),
        CheckConstraint("released_at IS NULL OR fixed_at IS NOT NULL", name="fixed_before_released"),
    )

    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), primary_key=True)
    wishes_until: Mapped[dt.datetime | None]
    bring: Mapped[str]
    seed: Mapped[str | None] = mapped_column(String(200))
    inputs_digest: Mapped[str | None] = mapped_column(String(64))
    seats_digest: Mapped[str | None] = mapped_column(String(64))
    fixed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    fixed_at: Mapped[dt.datetime | None]
    released_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    released_at: Mapped[dt.datetime | None]
    examination: Mapped[Examination] = relationship(lazy="raise")


class CentreWish(Base):
    """A centre that a candidate named, first to last."""

    __tablename__ = "centre_wishes"
    __table_args__ = (
        UniqueConstraint("candidate_id", "centre_id", name="uq_centre_wishes_centre"),
        CheckConstraint("position >= 1", name="position"),
    )

    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[str] = mapped_column(ForeignKey("centres.id"))
    named_at: Mapped[dt.datetime]
    centre: Mapped[Centre] = relationship(lazy="raise")


class Seat(Base):
    """A candidate's place in a session, counted from 1 by rows, and the extra minutes that were granted."""

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("session_id", "place", name="uq_seats_place"),
        CheckConstraint("place >= 1", name="place"),
        CheckConstraint("extra_minutes >= 0", name="extra_minutes"),
    )

    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("exam_sessions.id"))
    place: Mapped[int]
    extra_minutes: Mapped[int]
    assigned_at: Mapped[dt.datetime]
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    session: Mapped[ExamSession] = relationship(lazy="raise")


class SeatMove(Base):
    """A seat given or changed by hand after the plan was fixed, with the reason."""

    __tablename__ = "seat_moves"
    __table_args__ = (Index("ix_seat_moves_candidate", "candidate_id", "moved_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"))
    from_session_id: Mapped[str | None] = mapped_column(ForeignKey("exam_sessions.id"))
    from_place: Mapped[int | None]
    to_session_id: Mapped[str] = mapped_column(ForeignKey("exam_sessions.id"))
    to_place: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    moved_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    moved_at: Mapped[dt.datetime]
    mover: Mapped[Account | None] = relationship(lazy="raise")


constraints.declare("uq_seats_place", field="place", message="Somebody else has this seat.")
constraints.declare(
    "uq_centre_wishes_centre", field="second", message=say("You named this centre already. Choose another.")
)
