"""The mails about enrolments: to the supervisor who is asked, and to the person."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel import mailing
from app.personnel.course_enrolments.models import CourseEnrolment
from app.personnel.employees.models import Employee
from app.platform import links
from app.web.dates import format_moment

SEATED = "You have a seat."
WAITING = "All seats are taken. You are on the waiting list and move up by yourself when a seat falls free."
REFUSED = "Your enrolment was not approved. Reason: {reason}"
LAPSED = "The session has begun and no seat fell free for you. Ask for another session."
CANCELLED = "The session is cancelled. Reason: {reason}"


def ask(session: Session, enrolment: CourseEnrolment, supervisor: Employee, at: dt.datetime) -> None:
    """Tell a supervisor that somebody asks to take part in a course."""
    held, name = enrolment.session, enrolment.employee.name
    mailing.tell(
        session,
        supervisor,
        key=f"course-enrolment-asked:{enrolment.id}",
        subject=f"{name} asks for a course: {held.course.title}",
        lines=(
            f"{name} asks to take part in {held.course.title}, "
            f"{format_moment(held.starts_at, held.agency.time_zone)}.",
            f"Why: {enrolment.why}",
            links.absolute(f"/my/team/enrolments/{enrolment.id}"),
        ),
        at=at,
    )


def tell(session: Session, enrolment: CourseEnrolment, sentence: str, at: dt.datetime) -> None:
    """Tell the person how the enrolment stands now."""
    held = enrolment.session
    when = format_moment(held.starts_at, held.agency.time_zone)
    mailing.tell(
        session,
        enrolment.employee,
        key=f"course-enrolment:{enrolment.id}:{enrolment.state.value}",
        subject=f"{held.course.title}, {when}",
        lines=(sentence, f"{when}. {held.place}", links.absolute(f"/my/training/enrolments/{enrolment.id}")),
        at=at,
    )
