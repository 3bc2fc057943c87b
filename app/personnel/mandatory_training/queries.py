"""Reading mandatory training: the requirements, and how people stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.accounts.models import Agency
from app.personnel.completions.models import CourseCompletion
from app.personnel.courses.models import Course
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.mandatory_training.models import TrainingDuty, TrainingRequirement
from app.personnel.mandatory_training.rules import REMINDERS, Standing
from app.personnel.positions.models import Position
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.mandatory_training.list_staff"
MOST = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list of duties is narrowed to; None and "" narrow nothing."""

    agency_id: str = ""
    course_id: str = ""
    standing: Standing | None = None
    text: str = ""


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition on requirements of the agencies in which the actor holds the permission."""
    return scope.within(TrainingRequirement.agency_id, actor, permission)


def get_requirement(
    session: Session, requirement_id: str, actor: Actor, permission: str = READ
) -> TrainingRequirement:
    """Give a requirement with its course and agency, or raise NotFound."""
    found = session.scalar(
        select(TrainingRequirement)
        .where(TrainingRequirement.id == requirement_id, visible_to(actor, permission))
        .options(joinedload(TrainingRequirement.course), joinedload(TrainingRequirement.agency))
    )
    if found is None:
        raise NotFound("There is no such requirement.")
    return found


def list_requirements(session: Session, actor: Actor) -> list[TrainingRequirement]:
    """List the requirements that the actor may read, those in force first, by course."""
    query = (
        select(TrainingRequirement)
        .join(Course, Course.id == TrainingRequirement.course_id)
        .where(visible_to(actor))
        .options(contains_eager(TrainingRequirement.course), joinedload(TrainingRequirement.agency))
        .order_by(TrainingRequirement.ended_on.is_not(None), Course.title, TrainingRequirement.id)
    )
    return list(session.scalars(query.limit(MOST)))


def list_stations(session: Session, agency_id: str) -> list[str]:
    """List the places of work of an agency's positions."""
    query = select(Position.duty_station).where(Position.agency_id == agency_id).distinct()
    return list(session.scalars(query.order_by(Position.duty_station).limit(MOST)))


def in_standing(standing: Standing, today: dt.date) -> ColumnElement[bool]:
    """Give the condition on duties that stand so; it says the same as rules.standing."""
    soon = today + dt.timedelta(days=REMINDERS.soon)
    overdue = and_(TrainingDuty.due_on.is_not(None), TrainingDuty.due_on < today)
    due = and_(
        TrainingDuty.due_on.is_not(None),
        TrainingDuty.due_on >= today,
        or_(TrainingDuty.completed_on.is_(None), TrainingDuty.due_on <= soon),
    )
    if standing is Standing.OVERDUE:
        return overdue
    return due if standing is Standing.DUE else ~or_(overdue, due)


def count_standings(
    session: Session, actor: Actor, today: dt.date, *, agency_id: str = ""
) -> list[tuple[str, int, int, int]]:
    """Give (agency, current, due, overdue) by agency; of one agency, the same by course."""
    counted = [
        func.sum(case((in_standing(standing, today), 1), else_=0)).label(standing.value)
        for standing in Standing
    ]
    name = Course.title if agency_id else Agency.name
    chosen: Any = select(name, *counted)
    query = _live(chosen, actor).join(Agency, Agency.id == TrainingDuty.agency_id)
    if agency_id:
        query = query.where(TrainingDuty.agency_id == agency_id)
    rows = session.execute(query.group_by(name).order_by(name))
    return [(row[0], int(row[1]), int(row[2]), int(row[3])) for row in rows]


def list_duties(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    today: dt.date,
    *,
    cursor: str = "",
    size: int = keyset.SIZE,
) -> keyset.Page[TrainingDuty]:
    """List a page of duties by person, with requirement, course, person and agency."""
    query = _narrow(_live(select(TrainingDuty), actor), wanted, today).options(
        contains_eager(TrainingDuty.requirement).contains_eager(TrainingRequirement.course),
        contains_eager(TrainingDuty.employee).joinedload(Employee.agency),
    )
    keys = (Employee.name, TrainingDuty.id)
    return keyset.fetch(session, query, keys, cursor=cursor, size=size)


def count_duties(session: Session, actor: Actor, wanted: Wanted, today: dt.date) -> int | str:
    """Count the duties of the list, up to a cap."""
    return keyset.count(session, _narrow(_live(select(TrainingDuty), actor), wanted, today))


def list_own(session: Session, employee_id: str) -> list[TrainingDuty]:
    """List the duties of a person, what is due first at the top, with requirements and courses."""
    query = (
        select(TrainingDuty)
        .where(TrainingDuty.employee_id == employee_id, TrainingDuty.ended_on.is_(None))
        .options(joinedload(TrainingDuty.requirement).joinedload(TrainingRequirement.course))
        .order_by(TrainingDuty.due_on.is_(None), TrainingDuty.due_on, TrainingDuty.id)
    )
    return list(session.scalars(query.limit(MOST)))


def list_of_course(session: Session, employee_id: str, course_id: str) -> list[TrainingDuty]:
    """List the live duties of a person that a course meets, locked, with requirements."""
    query = (
        select(TrainingDuty)
        .join(TrainingRequirement, TrainingRequirement.id == TrainingDuty.requirement_id)
        .where(
            TrainingDuty.employee_id == employee_id,
            TrainingDuty.ended_on.is_(None),
            TrainingRequirement.course_id == course_id,
        )
        .options(contains_eager(TrainingDuty.requirement))
        .with_for_update(of=TrainingDuty)
    )
    return list(session.scalars(query))


def load_applying(session: Session) -> list[tuple[str, str, str, dt.date, str, str]]:
    """Give (requirement, employee, agency, begins, mandate, course) for everybody who must be trained."""
    query = (
        select(
            TrainingRequirement.id,
            Employee.id,
            Employee.agency_id,
            case(
                (Employee.hired_on > TrainingRequirement.begins_on, Employee.hired_on),
                else_=TrainingRequirement.begins_on,
            ),
            TrainingRequirement.mandate,
            TrainingRequirement.course_id,
        )
        .join(Employee, Employee.agency_id == TrainingRequirement.agency_id)
        .outerjoin(Position, Position.incumbent_id == Employee.id)
        .where(
            TrainingRequirement.ended_on.is_(None),
            Employee.state == EmployeeState.ACTIVE,
            or_(TrainingRequirement.class_code == "", Position.class_code == TrainingRequirement.class_code),
            or_(
                TrainingRequirement.duty_station == "",
                Position.duty_station == TrainingRequirement.duty_station,
            ),
        )
    )
    return list(session.execute(query))


def load_duties(session: Session) -> dict[tuple[str, str], tuple[str, bool]]:
    """Map (requirement, employee) to the id of the duty and whether it is live."""
    query = select(
        TrainingDuty.requirement_id, TrainingDuty.employee_id, TrainingDuty.id, TrainingDuty.ended_on
    )
    return {(one, person): (own, ended is None) for one, person, own, ended in session.execute(query)}


def load_completions(session: Session) -> dict[tuple[str, str], tuple[dt.date, dt.date | None]]:
    """Map (course, employee) to the last completion and its expiry, for courses that somebody must take."""
    query = (
        select(
            CourseCompletion.course_id,
            CourseCompletion.employee_id,
            CourseCompletion.completed_on,
            CourseCompletion.expires_on,
        )
        .where(CourseCompletion.course_id.in_(select(TrainingRequirement.course_id)))
        .order_by(CourseCompletion.completed_on, CourseCompletion.id)
    )
    return {(course, person): (done, ends) for course, person, done, ends in session.execute(query)}


def list_to_remind(session: Session, until: dt.date) -> list[TrainingDuty]:
    """List live duties that fall due by a day, the earliest first, with courses, people and agencies."""
    query = (
        select(TrainingDuty)
        .where(TrainingDuty.ended_on.is_(None), TrainingDuty.due_on <= until)
        .options(
            joinedload(TrainingDuty.requirement).joinedload(TrainingRequirement.course),
            joinedload(TrainingDuty.employee).joinedload(Employee.agency),
        )
        .order_by(TrainingDuty.due_on, TrainingDuty.id)
    )
    return list(session.scalars(query))


def _live(query: Select[Any], actor: Actor) -> Select[Any]:
    return (
        query.select_from(TrainingDuty)
        .join(TrainingRequirement, TrainingRequirement.id == TrainingDuty.requirement_id)
        .join(Course, Course.id == TrainingRequirement.course_id)
        .join(Employee, Employee.id == TrainingDuty.employee_id)
        .where(scope.within(TrainingDuty.agency_id, actor, READ), TrainingDuty.ended_on.is_(None))
    )


def _narrow(query: Select[Any], wanted: Wanted, today: dt.date) -> Select[Any]:
    query = query.where(*keyset.contains(Employee.search_text, wanted.text))
    if wanted.agency_id:
        query = query.where(TrainingDuty.agency_id == wanted.agency_id)
    if wanted.course_id:
        query = query.where(TrainingRequirement.course_id == wanted.course_id)
    return query.where(in_standing(wanted.standing, today)) if wanted.standing else query
