"""Courses, sessions, enrolments and what hangs on them, made by direct inserts."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.personnel.competencies.models import ClassCompetency, Competency, CompetencyLevel
from app.personnel.course_enrolments.models import CourseEnrolment
from app.personnel.course_enrolments.states import EnrolmentState
from app.personnel.course_sessions.models import CourseSession
from app.personnel.course_sessions.states import SessionState
from app.personnel.courses.models import Course
from app.personnel.employees.models import Employee
from app.platform.ids import new_id

Row = TypeVar("Row")
STARTS_AT = dt.datetime(2026, 12, 3, 14, 0, tzinfo=dt.UTC)


def make_course(session: Session, *, agency: Agency, **values: Any) -> Course:
    """Insert a course of eight hours whose certificate does not expire."""
    own = new_id("crs")
    merged: dict[str, Any] = {
        "id": own,
        "agency_id": agency.id,
        "code": own[-8:].upper(),
        "title": "First aid at work",
        "provider": "Fire and Rescue",
        "summary": "What to do until help comes.",
        "minutes": 480,
        "is_shared": False,
    } | values
    merged.setdefault("search_text", f"{merged['code']} {merged['title']}".casefold())
    return _insert(session, Course(**merged))


def make_session(session: Session, *, course: Course, **values: Any) -> CourseSession:
    """Insert a planned session with two seats, on 3 December 2026."""
    starts_at = values.pop("starts_at", STARTS_AT)
    merged: dict[str, Any] = {
        "id": new_id("crn"),
        "course": course,
        "agency_id": course.agency_id,
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=8),
        "enrol_until": starts_at - dt.timedelta(days=2),
        "is_online": False,
        "place": "Training room 2",
        "trainer": "Halina Brooks",
        "seats": 2,
        "state": SessionState.PLANNED,
    } | values
    return _insert(session, CourseSession(**merged))


def make_enrolment(
    session: Session, *, held: CourseSession, employee: Employee, requested_by: str, **values: Any
) -> CourseEnrolment:
    """Insert a request for a seat."""
    merged: dict[str, Any] = {
        "id": new_id("cer"),
        "session_id": held.id,
        "employee_id": employee.id,
        "agency_id": employee.agency_id,
        "state": EnrolmentState.REQUESTED,
        "why": "The yard needs a first aider.",
        "requested_by": requested_by,
        "requested_at": dt.datetime(2026, 11, 2, 14, 0, tzinfo=dt.UTC),
        "has_answered": False,
    } | values
    return _insert(session, CourseEnrolment(**merged))


def make_competency(
    session: Session, *, agency: Agency, asked: dict[str, int] | None = None, **values: Any
) -> Competency:
    """Insert a competency of three levels; `asked` maps class codes to the levels that they ask."""
    own = new_id("cmp")
    merged: dict[str, Any] = {
        "id": own,
        "agency_id": agency.id,
        "name": f"Working safely {own[-4:]}",
        "definition": "Sees dangers and acts on them.",
        "levels": [CompetencyLevel(level=level, anchor=f"Does it {level}.") for level in (1, 2, 3)],
    } | values
    made = _insert(session, Competency(**merged))
    for class_code, level in (asked or {}).items():
        session.add(
            ClassCompetency(agency_id=agency.id, class_code=class_code, competency_id=made.id, level=level)
        )
    session.flush()
    return made


def _insert(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
