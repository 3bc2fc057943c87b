"""What is done to a whole session: changed, cancelled, held; and what came of it for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from app.personnel.completions.services import complete
from app.personnel.course_enrolments import letters, queries, rules
from app.personnel.course_enrolments.models import CourseEnrolment
from app.personnel.course_enrolments.services import move_up, record
from app.personnel.course_enrolments.states import OPEN, EnrolmentState, Result, move
from app.personnel.course_sessions import rules as session_rules
from app.personnel.course_sessions import services as sessions
from app.personnel.course_sessions.models import CourseSession
from app.personnel.course_sessions.queries import get_session
from app.personnel.course_sessions.rules import SessionValues
from app.personnel.course_sessions.states import SessionState
from app.personnel.course_sessions.states import move as move_session
from app.personnel.courses.queries import get_course
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden, Invalid


def edit_session(
    session: Session, *, session_id: str, values: SessionValues, actor: Actor, at: dt.datetime
) -> CourseSession:
    """Change a session that has not begun; more seats let people move up."""
    held = get_session(session, session_id, actor, "personnel.course_sessions.edit", lock=True)
    if held.state is not SessionState.PLANNED:
        raise Conflict(f"This session was {held.state.value} already.")
    rules.check_before(held.starts_at, at)
    session_rules.check(values, at)
    session_rules.check_seats(values.seats, max(queries.load_taken(session, held.id), default=0))
    sessions.write(held, values)
    session.flush()
    sessions.record(session, "edit", held, actor, at, seats=held.seats)
    move_up(session, held, at)
    return held


def cancel_session(
    session: Session, *, session_id: str, reason: str, actor: Actor, at: dt.datetime
) -> CourseSession:
    """Cancel a session and tell everybody who asked for it."""
    held = get_session(session, session_id, actor, "personnel.course_sessions.cancel", lock=True)
    rules.check_before(held.starts_at, at)
    if not reason.strip():
        raise Invalid(reason="Enter the reason: everybody enrolled reads it.")
    held.state = move_session(held.state, SessionState.CANCELLED)
    held.cancel_reason = reason.strip()
    for found in queries.list_of_session(session, held.id):
        if found.state in OPEN:
            found.state, found.seat, found.left_at = move(found.state, EnrolmentState.CANCELLED), None, at
            letters.tell(session, found, letters.CANCELLED.format(reason=held.cancel_reason), at)
    session.flush()
    sessions.record(session, "cancel", held, actor, at)
    return held


def take_attendance(
    session: Session, *, session_id: str, present: Collection[str], actor: Actor, at: dt.datetime
) -> CourseSession:
    """Say who came, by ids of enrolments; of a course without a pass mark they get their certificates."""
    held = get_session(session, session_id, actor, queries.KEEP, lock=True)
    rules.check_begun(held.starts_at, at)
    held.state = move_session(held.state, SessionState.HELD)
    seated = [
        found for found in queries.list_of_session(session, held.id) if found.state is EnrolmentState.ENROLLED
    ]
    strangers = set(present) - {found.id for found in seated}
    if strangers:
        raise Invalid(present="Somebody who was ticked has no seat in this session. Look again.")
    for found in seated:
        _mark(session, held, found, came=found.id in present, actor=actor, at=at)
    session.flush()
    sessions.record(session, "hold", held, actor, at, seats=len(seated), came=len(set(present)))
    return held


def correct_attendance(
    session: Session, *, enrolment_id: str, actor: Actor, at: dt.datetime
) -> CourseEnrolment:
    """Say that somebody who was marked absent was there."""
    found = queries.get_kept(session, enrolment_id, actor)
    held = get_session(session, found.session_id, actor, queries.KEEP, lock=True)
    found = queries.load_again(session, enrolment_id)
    if found.state is not EnrolmentState.ABSENT:
        raise Conflict("Only who was marked absent can be marked as present.")
    _mark(session, held, found, came=True, actor=actor, at=at)
    session.flush()
    record(session, "correct_attendance", found, actor, at)
    return found


def record_result(
    session: Session, *, enrolment_id: str, score: int | None, actor: Actor, at: dt.datetime
) -> CourseEnrolment:
    """Record the score of somebody who attended; who passes gets the certificate."""
    found = queries.get_kept(session, enrolment_id, actor)
    held = get_session(session, found.session_id, actor, queries.KEEP, lock=True)
    found = queries.load_again(session, enrolment_id)
    _demand_not_own(found, actor)
    if found.state is not EnrolmentState.ATTENDED:
        raise Conflict("Only who attended has a result.")
    if found.result is not None:
        raise Conflict("The result is on record already.")
    found.result, found.score = rules.result(held.course.pass_mark, score)
    session.flush()
    record(session, "record_result", found, actor, at, result=found.result.value)
    if found.result is Result.PASSED:
        _complete(session, held, found, actor, at)
    return found


def _mark(
    session: Session,
    held: CourseSession,
    found: CourseEnrolment,
    *,
    came: bool,
    actor: Actor,
    at: dt.datetime,
) -> None:
    _demand_not_own(found, actor)
    found.state = move(found.state, EnrolmentState.ATTENDED if came else EnrolmentState.ABSENT)
    if came and held.course.pass_mark is None:
        found.result = Result.PASSED
        session.flush()
        _complete(session, held, found, actor, at)


def _complete(
    session: Session, held: CourseSession, found: CourseEnrolment, actor: Actor, at: dt.datetime
) -> None:
    rules.check_ended(held.ends_at, at)
    complete(
        session,
        employee=found.employee,
        course=get_course(session, held.course_id, actor),
        held=held,
        enrolment_id=found.id,
        score=found.score,
        actor=actor,
        at=at,
    )


def _demand_not_own(found: CourseEnrolment, actor: Actor) -> None:
    if found.employee.account_id is not None and found.employee.account_id == actor.id:
        raise Forbidden("Somebody else takes your attendance and records your result.")
