"""Reading sessions of courses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.course_sessions.models import CourseSession
from app.personnel.course_sessions.states import SessionState
from app.personnel.courses.models import Course
from app.personnel.courses.queries import open_to
from app.personnel.employees.models import Employee
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.course_sessions.list_staff"
MOST = 100
LOADED = (joinedload(CourseSession.course), joinedload(CourseSession.agency))


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition on sessions of the agencies in which the actor holds the permission."""
    return scope.within(CourseSession.agency_id, actor, permission)


def get_session(
    session: Session, session_id: str, actor: Actor, permission: str = READ, *, lock: bool = False
) -> CourseSession:
    """Give a session with its course and agency, or raise NotFound."""
    return _one(session, (CourseSession.id == session_id) & visible_to(actor, permission), lock=lock)


def get_open_session(
    session: Session, session_id: str, employee: Employee, *, lock: bool = False
) -> CourseSession:
    """Give a session of a course that a person may take, or raise NotFound."""
    condition = (CourseSession.id == session_id) & CourseSession.course_id.in_(
        select(Course.id).where(open_to(employee))
    )
    return _one(session, condition, lock=lock)


def lock_session(session: Session, session_id: str) -> CourseSession:
    """Lock a session: whoever gives or frees a seat of it does this first."""
    return _one(session, CourseSession.id == session_id, lock=True)


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool) -> CourseSession:
    query = select(CourseSession).where(condition).options(*LOADED)
    if lock:
        query = query.with_for_update(of=CourseSession).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such session.")
    return found


def list_sessions(
    session: Session,
    actor: Actor,
    *,
    is_past: bool,
    at: dt.datetime,
    cursor: str = "",
    size: int = keyset.SIZE,
) -> keyset.Page[CourseSession]:
    """List a page of sessions to come, the next first, or (`is_past`) of those over, the latest first."""
    when = CourseSession.ends_at < at if is_past else CourseSession.ends_at >= at
    query = select(CourseSession).where(visible_to(actor), when).options(*LOADED)
    keys = (CourseSession.starts_at, CourseSession.id)
    return keyset.fetch(session, query, keys, is_descending=is_past, cursor=cursor, size=size)


def list_of_course(session: Session, course_id: str) -> list[CourseSession]:
    """List the sessions of a course, the latest first."""
    query = (
        select(CourseSession)
        .where(CourseSession.course_id == course_id)
        .options(*LOADED)
        .order_by(CourseSession.starts_at.desc(), CourseSession.id.desc())
    )
    return list(session.scalars(query.limit(MOST)))


def list_open(session: Session, course_ids: Sequence[str], at: dt.datetime) -> dict[str, list[CourseSession]]:
    """Map courses to their sessions that somebody can still ask for, the next first."""
    query = (
        select(CourseSession)
        .where(
            CourseSession.course_id.in_(course_ids),
            CourseSession.state == SessionState.PLANNED,
            CourseSession.enrol_until >= at,
        )
        .options(*LOADED)
        .order_by(CourseSession.starts_at, CourseSession.id)
    )
    found: dict[str, list[CourseSession]] = {}
    for row in session.scalars(query.limit(MOST * 5)):
        found.setdefault(row.course_id, []).append(row)
    return found
