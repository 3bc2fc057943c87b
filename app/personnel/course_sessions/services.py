"""Planning sessions of courses; what touches those enrolled stands with the enrolments."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.course_sessions import rules
from app.personnel.course_sessions.models import CourseSession
from app.personnel.course_sessions.rules import SessionValues
from app.personnel.course_sessions.states import SessionState
from app.personnel.courses.queries import get_course
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id


def create_session(
    session: Session, *, course_id: str, values: SessionValues, actor: Actor, at: dt.datetime
) -> CourseSession:
    """Plan a session of a course."""
    course = get_course(session, course_id, actor, "personnel.course_sessions.create")
    if course.retired_on is not None:
        raise Conflict("This course is offered no more.")
    rules.check(values, at)
    made = CourseSession(
        id=new_id("crn"), course_id=course.id, agency_id=course.agency_id, state=SessionState.PLANNED
    )
    write(made, values)
    session.add(made)
    session.flush()
    record(session, "create", made, actor, at, course=course.code, seats=made.seats)
    return made


def write(made: CourseSession, values: SessionValues) -> None:
    """Put what was planned on the row."""
    for name in SessionValues.__slots__:
        setattr(made, name, getattr(values, name))


def record(
    session: Session, act: str, made: CourseSession, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act on a session."""
    audit.record(
        session,
        f"personnel.course_sessions.{act}",
        actor=actor,
        at=at,
        subject=made.id,
        agency_id=made.agency_id,
        **details,
    )
