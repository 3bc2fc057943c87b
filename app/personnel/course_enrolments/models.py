"""The course_enrolments table: one person's way through one session."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.course_enrolments.states import EnrolmentState, Result
from app.personnel.course_sessions.models import CourseSession
from app.personnel.employees.models import Employee
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

LIVE = text("state IN ('requested', 'waiting', 'enrolled', 'attended', 'absent')")


class CourseEnrolment(Base):
    """`seat` is the number of the seat, which the database gives to one person only.

    `approver_id` is the account of the supervisor who was asked, None where there is none; `agency_id` is
    the person's own. `waiting_since` orders the waiting list.
    """

    __tablename__ = "course_enrolments"
    __table_args__ = (
        Index(
            "uq_course_enrolments_live",
            "session_id",
            "employee_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("uq_course_enrolments_seat", "session_id", "seat", unique=True),
        CheckConstraint("(state IN ('enrolled', 'attended', 'absent')) = (seat IS NOT NULL)", name="seated"),
        CheckConstraint("state <> 'waiting' OR waiting_since IS NOT NULL", name="waiting_since"),
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="two_people"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name="refused_with_reason"),
        CheckConstraint("result IS NULL OR state = 'attended'", name="result_of_attended"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score"),
        Index("ix_course_enrolments_queue", "session_id", "state", "waiting_since", "id"),
        Index("ix_course_enrolments_employee", "employee_id", "requested_at", "id"),
        Index("ix_course_enrolments_approver", "approver_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("course_sessions.id"))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    state: Mapped[EnrolmentState] = mapped_column(state_type(EnrolmentState, "state"))
    why: Mapped[str]
    requested_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    requested_at: Mapped[dt.datetime]
    approver_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    waiting_since: Mapped[dt.datetime | None]
    seat: Mapped[int | None]
    left_at: Mapped[dt.datetime | None]
    result: Mapped[Result | None] = mapped_column(state_type(Result, "result"))
    score: Mapped[int | None]
    has_answered: Mapped[bool]
    session: Mapped[CourseSession] = relationship(lazy="raise")
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])


constraints.declare(
    "uq_course_enrolments_live",
    field="",
    message="This session was asked for, or there is a seat in it, already.",
)
constraints.declare(
    "uq_course_enrolments_seat", field="", message="This seat was taken a moment ago. Try again."
)
constraints.declare(
    "ck_course_enrolments_two_people",
    field="",
    message="Somebody other than who asked decides on an enrolment.",
)
