"""Recording that somebody completed a course, here or elsewhere, and sending the certificate."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.notices import services as notices
from app.personnel.completions import letters, queries
from app.personnel.completions.models import CourseCompletion
from app.personnel.course_sessions.models import CourseSession
from app.personnel.courses.models import Course
from app.personnel.courses.queries import get_open_course
from app.personnel.courses.rules import expires_on
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import get_employee
from app.personnel.mandatory_training.services import note_completion
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Forbidden, Invalid
from app.platform.ids import new_id

RECORD = "personnel.completions.record"


def complete(
    session: Session,
    *,
    employee: Employee,
    course: Course,
    held: CourseSession,
    enrolment_id: str,
    score: int | None,
    actor: Actor,
    at: dt.datetime,
) -> CourseCompletion | None:
    """Record that somebody passed a course of ours, and promise the certificate.

    It belongs to the act that records attendance or a result; the certificate is promised once. None where
    the course is on the person's record for that day already: that record stands.
    """
    done_on = clock.local_date(held.ends_at, held.agency.time_zone)
    queries.lock_employee(session, employee.id)
    if queries.is_on_record(session, employee.id, course.id, done_on):
        return None
    made = _add(session, employee, course, done_on, actor, at, source=enrolment_id, score=score)
    notice = notices.promise(
        session,
        template="training_certificate",
        subject=made.id,
        agency_id=held.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter=letters.certificate(course, held, made, actor),
        actor=actor,
        at=at,
        key=f"training-certificate:{enrolment_id}",
    )
    made.notice_id = notice.id
    session.flush()
    return made


def record_completion(
    session: Session,
    *,
    employee_id: str,
    course_id: str,
    completed_on: dt.date,
    evidence: str,
    actor: Actor,
    at: dt.datetime,
) -> CourseCompletion:
    """Record a course that somebody completed elsewhere, by what shows it; no certificate of ours follows."""
    employee = get_employee(session, employee_id, actor, RECORD)
    if employee.account_id is not None and employee.account_id == actor.id:
        raise Forbidden("Somebody else records what you completed.")
    course = get_open_course(session, course_id, employee)
    if completed_on > clock.local_date(at, employee.agency.time_zone):
        raise Invalid(completed_on="The day must not be in the future.")
    if not evidence.strip():
        raise Invalid(evidence="Say what shows it.")
    made = _add(session, employee, course, completed_on, actor, at, evidence=evidence.strip())
    audit.record(
        session,
        RECORD,
        actor=actor,
        at=at,
        subject=made.id,
        agency_id=employee.agency_id,
        employee=employee.id,
        course=course.code,
    )
    return made


def _add(
    session: Session,
    employee: Employee,
    course: Course,
    completed_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    *,
    source: str | None = None,
    score: int | None = None,
    evidence: str | None = None,
) -> CourseCompletion:
    queries.lock_employee(session, employee.id)
    made = CourseCompletion(
        id=new_id("ccm"),
        employee_id=employee.id,
        course_id=course.id,
        agency_id=employee.agency_id,
        completed_on=completed_on,
        expires_on=expires_on(completed_on, course.valid_months),
        score=score,
        source=source,
        evidence=evidence,
        recorded_by=str(actor.id),
        recorded_at=at,
    )
    session.add(made)
    session.flush()
    note_completion(
        session,
        employee_id=employee.id,
        course_id=course.id,
        completed_on=completed_on,
        expires_on=made.expires_on,
    )
    return made
