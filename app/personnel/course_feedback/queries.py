"""Reading what was said about courses."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.personnel.course_feedback.models import CourseFeedback

MOST = 2000


def count_answers(session: Session, course_id: str) -> int:
    """Count the questionnaires about a course."""
    return session.scalar(select(func.count()).where(CourseFeedback.course_id == course_id)) or 0


def list_answers(session: Session, course_id: str) -> list[CourseFeedback]:
    """List the questionnaires about a course, in no order that tells who answered when."""
    query = select(CourseFeedback).where(CourseFeedback.course_id == course_id).order_by(CourseFeedback.id)
    return list(session.scalars(query.limit(MOST)))
