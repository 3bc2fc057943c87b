"""The course_sessions table."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.personnel.course_sessions.states import SessionState
from app.personnel.courses.models import Course
from app.platform.db import Base
from app.platform.types import state_type


class CourseSession(Base):
    """A course held once; `place` is a room, or where to join when `is_online`."""

    __tablename__ = "course_sessions"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        CheckConstraint("enrol_until <= starts_at", name="enrol_before_start"),
        CheckConstraint("seats BETWEEN 1 AND 5000", name="seats"),
        CheckConstraint("(state = 'cancelled') = (cancel_reason IS NOT NULL)", name="cancelled_iff_reasoned"),
        Index("ix_course_sessions_course", "course_id", "starts_at", "id"),
        Index("ix_course_sessions_agency", "agency_id", "starts_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    enrol_until: Mapped[dt.datetime]
    is_online: Mapped[bool]
    place: Mapped[str] = mapped_column(String(300))
    trainer: Mapped[str] = mapped_column(String(200))
    seats: Mapped[int]
    state: Mapped[SessionState] = mapped_column(state_type(SessionState, "state"))
    cancel_reason: Mapped[str | None]
    course: Mapped[Course] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
