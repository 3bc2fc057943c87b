"""Asking for a seat, deciding, waiting, moving up and withdrawing.

Whoever gives or frees a seat locks the session first; and the database gives a seat's number only once.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel import reporting
from app.personnel.course_enrolments import letters, queries, rules
from app.personnel.course_enrolments.models import CourseEnrolment
from app.personnel.course_enrolments.states import EnrolmentState, move
from app.personnel.course_sessions.models import CourseSession
from app.personnel.course_sessions.queries import get_open_session, lock_session
from app.personnel.course_sessions.rules import check_open
from app.personnel.course_sessions.states import SessionState
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.employees.states import EmployeeState
from app.platform import audit
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.ids import new_id


def enrol_self(
    session: Session, *, session_id: str, why: str, actor: Actor, at: dt.datetime
) -> CourseEnrolment:
    """Ask for a seat for oneself; the supervisor decides."""
    employee = find_own_employee(session, actor.id)
    if employee is None:
        raise Forbidden("Only people in service can enrol.")
    return _request(session, session_id, employee, why, actor, at, "enrol")


def nominate(
    session: Session, *, session_id: str, number: str, why: str, actor: Actor, at: dt.datetime
) -> CourseEnrolment:
    """Ask for a seat for somebody else, by the employee's number; the person's supervisor decides."""
    held = lock_session(session, session_id)
    actor.demand("personnel.course_enrolments.nominate", held.agency_id)
    employee = queries.find_by_number(session, number, actor)
    if employee is None:
        raise Invalid(number="There is no such employee in your agencies.")
    if employee.account_id is not None and employee.account_id == actor.id:
        raise Invalid(number="Enrol yourself on the page of your own training.")
    return _request(session, session_id, employee, why, actor, at, "nominate")


def decide_enrolment(
    session: Session, *, enrolment_id: str, approves: bool, reason: str, actor: Actor, at: dt.datetime
) -> CourseEnrolment:
    """Approve an enrolment, which gives a seat or a place on the waiting list, or refuse it with a reason."""
    found = queries.get_for_decision(session, enrolment_id, actor)
    held = lock_session(session, found.session_id)
    found = queries.load_again(session, enrolment_id)
    rules.demand_decider(
        actor.id,
        found.requested_by,
        found.employee.account_id,
        may=queries.may_decide(session, found, actor),
    )
    rules.check_before(held.starts_at, at)
    if not approves and not reason.strip():
        raise Invalid(reason="Enter the reason: the person reads it.")
    if found.state is not EnrolmentState.REQUESTED:
        raise Conflict(f"This was decided already: {found.state.title.lower()}.")
    found.decided_by, found.decided_at, found.reason = actor.id, at, reason.strip() or None
    if approves:
        _seat(session, held, found, at)
    else:
        found.state = move(found.state, EnrolmentState.REFUSED)
    session.flush()
    record(session, "decide", found, actor, at, outcome=found.state.value)
    _tell(session, found, at)
    return found


def withdraw(session: Session, *, enrolment_id: str, actor: Actor, at: dt.datetime) -> CourseEnrolment:
    """Give up a seat, a place on the waiting list or a request, before the session begins."""
    found = queries.get_own(session, enrolment_id, actor.id)
    held = lock_session(session, found.session_id)
    found = queries.load_again(session, enrolment_id)
    rules.check_before(held.starts_at, at)
    found.state = move(found.state, EnrolmentState.WITHDRAWN)
    found.seat, found.left_at = None, at
    session.flush()
    record(session, "withdraw", found, actor, at)
    move_up(session, held, at)
    return found


def move_up(session: Session, held: CourseSession, at: dt.datetime) -> int:
    """Give free seats of a locked session to who waits, in order, and count them."""
    moved = 0
    if held.state is not SessionState.PLANNED or at >= held.starts_at:
        return moved
    while rules.free_seat(held.seats, queries.load_taken(session, held.id)) is not None:
        found = queries.find_next_waiting(session, held.id)
        if found is None:
            return moved
        _seat(session, held, found, at)
        session.flush()
        record(session, "move_up", found, SYSTEM, at, seat=found.seat)
        letters.tell(session, found, letters.SEATED, at)
        moved += 1
    return moved


def lapse(session: Session, *, at: dt.datetime) -> int:
    """End requests and waiting for sessions that have begun, and count them."""
    lapsed = 0
    for row in queries.list_lapsed(session, at):
        lock_session(session, row.session_id)
        found = queries.load_again(session, row.id)
        if found.state not in (EnrolmentState.REQUESTED, EnrolmentState.WAITING):
            continue
        found.state, found.left_at = move(found.state, EnrolmentState.LAPSED), at
        session.flush()
        record(session, "lapse", found, SYSTEM, at)
        letters.tell(session, found, letters.LAPSED, at)
        lapsed += 1
    return lapsed


def record(
    session: Session, act: str, found: CourseEnrolment, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act on an enrolment."""
    audit.record(
        session,
        f"personnel.course_enrolments.{act}",
        actor=actor,
        at=at,
        subject=found.id,
        agency_id=found.agency_id,
        employee=found.employee_id,
        held=found.session_id,
        **details,
    )


def _request(
    session: Session, session_id: str, employee: Employee, why: str, actor: Actor, at: dt.datetime, act: str
) -> CourseEnrolment:
    held = get_open_session(session, session_id, employee, lock=True)
    check_open(held.state is SessionState.PLANNED, held.enrol_until, at)
    if employee.state is not EmployeeState.ACTIVE:
        raise Conflict("Only people in service can enrol.")
    if not why.strip():
        raise Invalid(why="Say why this course.")
    other = queries.find_overlapping(session, employee.id, held)
    if other is not None:
        raise Conflict(f"There is another course at the same time: {other.session.course.title}.")
    supervisor = reporting.find_supervisor(session, employee.id)
    made = CourseEnrolment(
        id=new_id("cer"),
        session_id=held.id,
        employee_id=employee.id,
        agency_id=employee.agency_id,
        state=EnrolmentState.REQUESTED,
        why=why.strip(),
        requested_by=str(actor.id),
        requested_at=at,
        approver_id=supervisor.account_id if supervisor else None,
        has_answered=False,
    )
    made.session, made.employee = held, employee
    session.add(made)
    session.flush()
    record(session, act, made, actor, at)
    if supervisor is not None:
        letters.ask(session, made, supervisor, at)
    return made


def _seat(session: Session, held: CourseSession, found: CourseEnrolment, at: dt.datetime) -> None:
    if held.state is not SessionState.PLANNED:
        raise Conflict("This session was held or cancelled already.")
    seat = rules.free_seat(held.seats, queries.load_taken(session, held.id))
    found.state = move(found.state, EnrolmentState.WAITING if seat is None else EnrolmentState.ENROLLED)
    found.seat = seat
    found.waiting_since = found.waiting_since or at


def _tell(session: Session, found: CourseEnrolment, at: dt.datetime) -> None:
    sentences = {
        EnrolmentState.ENROLLED: letters.SEATED,
        EnrolmentState.WAITING: letters.WAITING,
        EnrolmentState.REFUSED: letters.REFUSED.format(reason=found.reason),
    }
    letters.tell(session, found, sentences[found.state], at)
