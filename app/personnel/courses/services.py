"""Keeping the catalogue of training."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.competencies.queries import get_competency_of
from app.personnel.courses import queries
from app.personnel.courses.models import Course, CourseCompetency
from app.personnel.courses.rules import CourseValues
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def create_course(
    session: Session, *, agency_id: str, values: CourseValues, actor: Actor, at: dt.datetime
) -> Course:
    """Add a course to an agency's catalogue."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.courses.create", agency.id)
    course = Course(id=new_id("crs"), agency_id=agency.id)
    _write(course, values)
    session.add(course)
    session.flush()
    _record(session, "create", course, actor, at, code=course.code)
    return course


def edit_course(
    session: Session, *, course_id: str, values: CourseValues, actor: Actor, at: dt.datetime
) -> Course:
    """Describe a course anew; certificates that stand keep their day of expiry."""
    course = queries.get_course(session, course_id, actor, "personnel.courses.edit")
    _demand_open(course)
    before = {name: getattr(course, name) for name in _NAMES}
    _write(course, values)
    session.flush()
    _record(
        session,
        "edit",
        course,
        actor,
        at,
        changed=[name for name in _NAMES if before[name] != getattr(course, name)],
    )
    return course


def teach(
    session: Session, *, course_id: str, competency_id: str, level: int, actor: Actor, at: dt.datetime
) -> None:
    """Say to which level of a competency a course leads; 0 takes it away."""
    course = queries.get_course(session, course_id, actor, "personnel.courses.teach")
    _demand_open(course)
    competency = get_competency_of(session, competency_id, course.agency_id)
    row = next((one for one in course.teaches if one.competency_id == competency.id), None)
    if level == 0:
        if row is None:
            raise Invalid(level="The course does not teach this competency.")
        session.delete(row)
    elif level not in {one.level for one in competency.levels}:
        raise Invalid(level="Select a level that the competency has.")
    elif row is None:
        session.add(CourseCompetency(course_id=course.id, competency_id=competency.id, level=level))
    else:
        row.level = level
    session.flush()
    _record(session, "teach", course, actor, at, competency=competency.id, level=level)


def retire_course(session: Session, *, course_id: str, actor: Actor, at: dt.datetime) -> Course:
    """Offer a course no more; its sessions and certificates stay."""
    course = queries.get_course(session, course_id, actor, "personnel.courses.retire")
    _demand_open(course)
    course.retired_on = clock.local_date(at, course.agency.time_zone)
    session.flush()
    _record(session, "retire", course, actor, at)
    return course


_NAMES = ("code", "title", "provider", "summary", "minutes", "valid_months", "pass_mark", "is_shared")


def _write(course: Course, values: CourseValues) -> None:
    for name in _NAMES:
        setattr(course, name, getattr(values, name))
    course.search_text = values.search_text


def _demand_open(course: Course) -> None:
    if course.retired_on is not None:
        raise Conflict("This course is offered no more.")


def _record(
    session: Session, act: str, course: Course, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.courses.{act}",
        actor=actor,
        at=at,
        subject=course.id,
        agency_id=course.agency_id,
        **details,
    )
