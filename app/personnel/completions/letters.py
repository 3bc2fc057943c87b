"""The facts of a certificate of training."""

from __future__ import annotations

from typing import Any

from app.personnel.completions.models import CourseCompletion
from app.personnel.course_sessions.models import CourseSession
from app.personnel.courses.models import Course
from app.personnel.courses.rules import told_hours
from app.personnel.letters import title_of
from app.platform import clock
from app.platform.actors import Actor


def certificate(
    course: Course, held: CourseSession, completion: CourseCompletion, signer: Actor
) -> dict[str, Any]:
    """Give the fields of a certificate, from a course loaded with its agency and what it teaches."""
    zone = held.agency.time_zone
    return {
        "signed_by": {"name": signer.name, "title": title_of(signer.roles)},
        "course_title": course.title,
        "course_code": course.code,
        "provider": course.provider,
        "trainer": held.trainer,
        "length": told_hours(course.minutes),
        "place": f"Online, {held.place}" if held.is_online else held.place,
        "began_on": clock.local_date(held.starts_at, zone),
        "completed_on": completion.completed_on,
        "score": completion.score,
        "pass_mark": course.pass_mark,
        "valid_until": completion.expires_on,
        "competencies": [f"{one.competency.name}, level {one.level}" for one in course.teaches],
    }
