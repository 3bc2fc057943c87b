"""Reading training records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.personnel.completions.models import CourseCompletion
from app.personnel.employees.models import Employee

MOST = 200


def list_completions(session: Session, employee_id: str) -> list[CourseCompletion]:
    """List the courses that a person completed, the latest first, with their certificates."""
    query = (
        select(CourseCompletion)
        .where(CourseCompletion.employee_id == employee_id)
        .options(joinedload(CourseCompletion.course), joinedload(CourseCompletion.notice))
        .order_by(CourseCompletion.completed_on.desc(), CourseCompletion.id.desc())
    )
    return list(session.scalars(query.limit(MOST)))


def map_by_source(session: Session, sources: Sequence[str]) -> dict[str, CourseCompletion]:
    """Map enrolments to what they led to, with the certificates."""
    query = (
        select(CourseCompletion)
        .where(CourseCompletion.source.in_(sources))
        .options(joinedload(CourseCompletion.notice))
    )
    return {str(row.source): row for row in session.scalars(query)}


def lock_employee(session: Session, employee_id: str) -> Employee:
    """Lock a person's record, so that two acts on it come one after the other; with the agency."""
    return session.scalars(
        select(Employee)
        .where(Employee.id == employee_id)
        .options(joinedload(Employee.agency))
        .with_for_update(of=Employee)
        .execution_options(populate_existing=True)
    ).one()


def is_on_record(session: Session, employee_id: str, course_id: str, completed_on: dt.date) -> bool:
    """Tell whether a person completed a course on a day."""
    found = select(CourseCompletion.id).where(
        CourseCompletion.employee_id == employee_id,
        CourseCompletion.course_id == course_id,
        CourseCompletion.completed_on == completed_on,
    )
    return session.scalar(found) is not None


def find_last(session: Session, employee_id: str, course_id: str) -> dt.date | None:
    """Find the day on which a person completed a course last."""
    return session.scalar(
        select(CourseCompletion.completed_on)
        .where(CourseCompletion.employee_id == employee_id, CourseCompletion.course_id == course_id)
        .order_by(CourseCompletion.completed_on.desc())
        .limit(1)
    )
