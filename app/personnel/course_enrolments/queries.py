"""Reading enrolments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.personnel import reporting
from app.personnel.course_enrolments.models import CourseEnrolment
from app.personnel.course_enrolments.states import LIVE, EnrolmentState
from app.personnel.course_sessions.models import CourseSession
from app.personnel.courses.models import Course
from app.personnel.employees.models import Employee
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

# Those who keep the training of an agency.
KEEP = "personnel.course_enrolments.take_attendance"
MOST = 500
LOADED = (
    joinedload(CourseEnrolment.session).joinedload(CourseSession.course).joinedload(Course.agency),
    joinedload(CourseEnrolment.session).joinedload(CourseSession.agency),
    joinedload(CourseEnrolment.employee).joinedload(Employee.agency),
    joinedload(CourseEnrolment.decider),
)


def get_own(session: Session, enrolment_id: str, account_id: str | None) -> CourseEnrolment:
    """Give an enrolment of the person who holds the account, or raise NotFound."""
    own = CourseEnrolment.employee_id.in_(select(Employee.id).where(Employee.account_id == account_id))
    return _one(session, (CourseEnrolment.id == enrolment_id) & own)


def get_for_decision(session: Session, enrolment_id: str, actor: Actor) -> CourseEnrolment:
    """Give an enrolment to a superior of the person or to who keeps training there, or raise NotFound."""
    found = _one(session, CourseEnrolment.id == enrolment_id)
    if not may_decide(session, found, actor):
        raise NotFound("There is no such enrolment.")
    return found


def may_decide(session: Session, enrolment: CourseEnrolment, actor: Actor) -> bool:
    """Tell whether the actor stands above the person, or keeps the training of the person's agency."""
    return (
        actor.may(KEEP, enrolment.agency_id)
        or enrolment.approver_id == actor.id
        or reporting.is_above(session, actor.id, enrolment.employee_id)
    )


def get_kept(session: Session, enrolment_id: str, actor: Actor) -> CourseEnrolment:
    """Give an enrolment in a session of the agencies whose training the actor keeps, or raise NotFound."""
    kept = CourseEnrolment.session_id.in_(
        select(CourseSession.id).where(scope.within(CourseSession.agency_id, actor, KEEP))
    )
    return _one(session, (CourseEnrolment.id == enrolment_id) & kept)


def load_again(session: Session, enrolment_id: str) -> CourseEnrolment:
    """Read an enrolment once more, after its session was locked."""
    return _one(session, CourseEnrolment.id == enrolment_id)


def _one(session: Session, condition: ColumnElement[bool]) -> CourseEnrolment:
    query = select(CourseEnrolment).where(condition).options(*LOADED)
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("There is no such enrolment.")
    return found


def find_by_number(session: Session, number: str, actor: Actor) -> Employee | None:
    """Find an employee of the agencies whose training the actor keeps, by the number, with the agency."""
    query = select(Employee).where(
        Employee.number == number.strip().upper(), scope.within(Employee.agency_id, actor, KEEP)
    )
    return session.scalar(query.options(joinedload(Employee.agency)))


def list_of_employee(session: Session, employee_id: str) -> list[CourseEnrolment]:
    """List a person's enrolments, the session that begins last at the top."""
    query = (
        select(CourseEnrolment)
        .join(CourseSession, CourseSession.id == CourseEnrolment.session_id)
        .where(CourseEnrolment.employee_id == employee_id)
        .options(*LOADED)
        .order_by(CourseSession.starts_at.desc(), CourseEnrolment.id.desc())
    )
    return list(session.scalars(query.limit(MOST)))


def list_of_session(session: Session, session_id: str) -> list[CourseEnrolment]:
    """List who is enrolled in a session, by seat, then the waiting list in its order, then the others."""
    order = case(
        (CourseEnrolment.seat.is_not(None), 0),
        (CourseEnrolment.state == EnrolmentState.WAITING, 1),
        (CourseEnrolment.state == EnrolmentState.REQUESTED, 2),
        else_=3,
    )
    query = (
        select(CourseEnrolment)
        .where(CourseEnrolment.session_id == session_id)
        .options(*LOADED)
        .order_by(order, CourseEnrolment.seat, CourseEnrolment.waiting_since, CourseEnrolment.id)
    )
    return list(session.scalars(query.limit(5000)))


def load_taken(session: Session, session_id: str) -> set[int]:
    """Load the numbers of the seats that somebody has."""
    query = select(CourseEnrolment.seat).where(
        CourseEnrolment.session_id == session_id, CourseEnrolment.seat.is_not(None)
    )
    return {seat for seat in session.scalars(query) if seat is not None}


def find_next_waiting(session: Session, session_id: str) -> CourseEnrolment | None:
    """Find who waits longest for a seat."""
    query = (
        select(CourseEnrolment)
        .where(CourseEnrolment.session_id == session_id, CourseEnrolment.state == EnrolmentState.WAITING)
        .options(*LOADED)
        .order_by(CourseEnrolment.waiting_since, CourseEnrolment.id)
    )
    return session.scalar(query.limit(1))


def count_before(session: Session, enrolment: CourseEnrolment) -> int:
    """Count who stands before somebody on the waiting list."""
    mine = (CourseEnrolment.waiting_since < enrolment.waiting_since) | (
        (CourseEnrolment.waiting_since == enrolment.waiting_since) & (CourseEnrolment.id < enrolment.id)
    )
    query = select(func.count()).where(
        CourseEnrolment.session_id == enrolment.session_id,
        CourseEnrolment.state == EnrolmentState.WAITING,
        mine,
    )
    return session.scalar(query) or 0


def count_seats(session: Session, session_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Map sessions to how many have a seat and how many wait."""
    seated = func.sum(case((CourseEnrolment.seat.is_not(None), 1), else_=0))
    waiting = func.sum(case((CourseEnrolment.state == EnrolmentState.WAITING, 1), else_=0))
    query = (
        select(CourseEnrolment.session_id, seated, waiting)
        .where(CourseEnrolment.session_id.in_(session_ids))
        .group_by(CourseEnrolment.session_id)
    )
    return {own: (int(first), int(second)) for own, first, second in session.execute(query)}


def find_overlapping(session: Session, employee_id: str, held: CourseSession) -> CourseEnrolment | None:
    """Find another live enrolment of a person in a session at the same time."""
    query = (
        select(CourseEnrolment)
        .join(CourseSession, CourseSession.id == CourseEnrolment.session_id)
        .where(
            CourseEnrolment.employee_id == employee_id,
            CourseEnrolment.state.in_(LIVE),
            CourseEnrolment.session_id != held.id,
            CourseSession.starts_at < held.ends_at,
            CourseSession.ends_at > held.starts_at,
        )
        .options(*LOADED)
        .order_by(CourseSession.starts_at, CourseEnrolment.id)
    )
    return session.scalar(query.limit(1))


def list_lapsed(session: Session, at: dt.datetime) -> list[CourseEnrolment]:
    """List requests and places on waiting lists of sessions that have begun."""
    query = (
        select(CourseEnrolment)
        .join(CourseSession, CourseSession.id == CourseEnrolment.session_id)
        .where(
            or_(
                CourseEnrolment.state == EnrolmentState.REQUESTED,
                CourseEnrolment.state == EnrolmentState.WAITING,
            ),
            CourseSession.starts_at <= at,
        )
        .options(*LOADED)
        .order_by(CourseSession.starts_at, CourseEnrolment.id)
    )
    return list(session.scalars(query.limit(MOST)))


def list_to_decide(session: Session, account_id: str | None) -> list[CourseEnrolment]:
    """List the requests that wait for a supervisor, the session that begins first at the top."""
    query = (
        select(CourseEnrolment)
        .join(CourseSession, CourseSession.id == CourseEnrolment.session_id)
        .where(CourseEnrolment.approver_id == account_id, CourseEnrolment.state == EnrolmentState.REQUESTED)
        .options(*LOADED)
        .order_by(CourseSession.starts_at, CourseEnrolment.id)
    )
    return list(session.scalars(query.limit(MOST)))
