"""The course_feedback table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class CourseFeedback(Base):
    """One questionnaire, filled in; nothing here leads to the person, and no moment is kept.

    `ratings` maps questions to 1..5.
    """

    __tablename__ = "course_feedback"
    __table_args__ = (Index("ix_course_feedback_course", "course_id", "session_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    session_id: Mapped[str] = mapped_column(ForeignKey("course_sessions.id"))
    ratings: Mapped[dict[str, Any]]
    remark: Mapped[str]
