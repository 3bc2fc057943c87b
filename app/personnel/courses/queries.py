"""Reading the catalogue of training."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.personnel.courses.models import Course, CourseCompetency
from app.personnel.employees.models import Employee
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.courses.list_staff"
MOST = 500
LOADED = (
    joinedload(Course.agency),
    selectinload(Course.teaches).joinedload(CourseCompetency.competency),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the catalogue is narrowed to."""

    agency_id: str = ""
    text: str = ""
    with_retired: bool = False


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition on courses of the agencies in which the actor holds the permission."""
    return scope.within(Course.agency_id, actor, permission)


def open_to(employee: Employee) -> ColumnElement[bool]:
    """Give the condition on courses that a person may take: those of the own agency, and shared ones."""
    return or_(Course.agency_id == employee.agency_id, Course.is_shared.is_(True))


def get_course(session: Session, course_id: str, actor: Actor, permission: str = READ) -> Course:
    """Give a course with its agency and what it teaches, or raise NotFound."""
    return _one(session, (Course.id == course_id) & visible_to(actor, permission))


def get_open_course(session: Session, course_id: str, employee: Employee) -> Course:
    """Give a course that a person may take, or raise NotFound."""
    return _one(session, (Course.id == course_id) & open_to(employee))


def _one(session: Session, condition: ColumnElement[bool]) -> Course:
    found = session.scalar(select(Course).where(condition).options(*LOADED))
    if found is None:
        raise NotFound("There is no such course.")
    return found


def list_courses(
    session: Session, actor: Actor, wanted: Wanted, *, cursor: str = "", size: int = keyset.SIZE
) -> keyset.Page[Course]:
    """List a page of the courses that the actor may read, by title."""
    query = _narrow(select(Course).where(visible_to(actor)), wanted).options(*LOADED)
    return keyset.fetch(session, query, (Course.title, Course.id), cursor=cursor, size=size)


def list_open(
    session: Session, employee: Employee, wanted: Wanted, *, cursor: str = ""
) -> keyset.Page[Course]:
    """List a page of the courses that a person may take, by title."""
    query = _narrow(select(Course).where(open_to(employee)), wanted).options(*LOADED)
    return keyset.fetch(session, query, (Course.title, Course.id), cursor=cursor)


def list_for_agency(session: Session, agency_id: str) -> list[Course]:
    """List the courses that people of an agency may take, by title."""
    query = select(Course).where(
        or_(Course.agency_id == agency_id, Course.is_shared.is_(True)), Course.retired_on.is_(None)
    )
    return list(session.scalars(query.order_by(Course.title, Course.id).limit(MOST)))


def _narrow(query: Select[Course], wanted: Wanted) -> Select[Course]:
    query = query.where(*keyset.contains(Course.search_text, wanted.text))
    if wanted.agency_id:
        query = query.where(Course.agency_id == wanted.agency_id)
    return query if wanted.with_retired else query.where(Course.retired_on.is_(None))
