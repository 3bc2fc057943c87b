"""How things stand with somebody's training, in one line."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.personnel.course_enrolments.models import CourseEnrolment
from app.personnel.course_enrolments.states import EnrolmentState
from app.personnel.employees.models import Employee
from app.personnel.mandatory_training.models import TrainingDuty
from app.personnel.mandatory_training.queries import in_standing
from app.personnel.mandatory_training.rules import Standing
from app.platform import clock


def say_training(session: Session, employee: Employee) -> str:
    """Say what is overdue, due and booked."""
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    parts = [
        _said(_count_duties(session, employee, standing, today), standing.value)
        for standing in (Standing.OVERDUE, Standing.DUE)
    ]
    seats = session.scalar(
        select(func.count()).where(
            CourseEnrolment.employee_id == employee.id, CourseEnrolment.state == EnrolmentState.ENROLLED
        )
    )
    parts.append(_said(seats or 0, "booked"))
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else "Nothing is due."


def _said(count: int, what: str) -> str:
    return f"{count} {what}" if count else ""


def _count_duties(session: Session, employee: Employee, standing: Standing, today: dt.date) -> int:
    query = select(func.count()).where(
        TrainingDuty.employee_id == employee.id,
        TrainingDuty.ended_on.is_(None),
        in_standing(standing, today),
    )
    return session.scalar(query) or 0
