"""Reading the establishment as it is, or was, on a day: set by set, never a query a post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Agency
from app.personnel.actions.states import Standing
from app.personnel.employees.models import Employee
from app.personnel.establishment.rules import Post
from app.personnel.positions.models import Position
from app.personnel.positions.states import PositionState
from app.personnel.service_records.models import ServiceRecord
from app.platform import scope
from app.platform.actors import Actor

LIST = "personnel.establishment.list_staff"
CHART = "personnel.establishment.show_chart"
MOST_POSTS = 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """The day that is asked about, and what the establishment is narrowed to; empty texts narrow nothing."""

    on: dt.date
    agency_id: str = ""
    unit: str = ""
    grade: str = ""
    is_vacant_only: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The posts of one grade in an agency; `minutes` is the authorised working time of a week."""

    agency: str
    grade: str
    posts: int
    minutes: int
    filled: int

    @property
    def vacant(self) -> int:
        return self.posts - self.filled


@dataclass(frozen=True, slots=True)
class Row:
    """One post on the day; `vacant_since` is None while somebody holds it, or when it is not known."""

    id: str
    number: str
    title: str
    unit: str
    grade: str
    agency: str
    minutes: int
    funding: str
    superior: str | None
    holder_id: str | None
    holder: str | None
    vacant_since: dt.date | None


def count_by_grade(session: Session, actor: Actor, wanted: Wanted) -> list[Line]:
    """Count authorised and filled posts by agency and grade."""
    held = _held(wanted.on)
    found = _posts(
        select(
            Agency.name,
            Position.grade,
            func.count(Position.id),
            func.coalesce(func.sum(Position.authorized_minutes), 0),
            func.count(held.c.position_id),
        ),
        actor,
        wanted,
        held,
    )
    rows = session.execute(found.group_by(Agency.name, Position.grade).order_by(Agency.name, Position.grade))
    return [Line(*row) for row in rows]


def list_posts(session: Session, actor: Actor, wanted: Wanted, limit: int = MOST_POSTS) -> list[Row]:
    """List posts on the day with who held them, by agency, unit and number."""
    held, superior = _held(wanted.on), aliased(Position)
    left = (
        select(func.max(ServiceRecord.valid_to))
        .where(
            ServiceRecord.position_id == Position.id,
            ServiceRecord.superseded_at.is_(None),
            ServiceRecord.valid_to <= wanted.on,
        )
        .correlate(Position)
        .scalar_subquery()
    )
    since = case((held.c.position_id.is_(None), func.coalesce(left, Position.established_on)))
    found = _posts(
        select(
            Position.id,
            Position.number,
            Position.title,
            Position.unit,
            Position.grade,
            Agency.name.label("agency"),
            Position.authorized_minutes.label("minutes"),
            Position.funding,
            superior.number.label("superior"),
            Employee.id.label("holder_id"),
            Employee.name.label("holder"),
            since.label("vacant_since"),
        ),
        actor,
        wanted,
        held,
    )
    found = found.outerjoin(superior, superior.id == Position.reports_to_id).outerjoin(
        Employee, Employee.id == held.c.employee_id
    )
    if wanted.is_vacant_only:
        found = found.where(held.c.position_id.is_(None))
    found = found.order_by(Agency.name, Position.unit, Position.number).limit(limit)
    return [
        Row(**{**row, "vacant_since": _as_day(row["vacant_since"])})
        for row in session.execute(found).mappings()
    ]


def load_posts(session: Session, actor: Actor, agency_id: str) -> list[Post]:
    """Load the posts of an agency as they are today, with their holders, by unit and number."""
    found = (
        select(
            Position.id,
            Position.number,
            Position.title,
            Position.unit,
            Position.reports_to_id,
            func.coalesce(Employee.name, ""),
        )
        .outerjoin(Employee, Employee.id == Position.incumbent_id)
        .where(
            Position.agency_id == agency_id,
            Position.state == PositionState.ACTIVE,
            scope.within(Position.agency_id, actor, CHART),
        )
        .order_by(Position.unit, Position.number)
    )
    return [Post(*row) for row in session.execute(found)]


def _held(on: dt.date) -> Any:
    """Give who held which post on a day; a person on leave or suspended holds it still."""
    return (
        select(
            ServiceRecord.position_id.label("position_id"),
            func.min(ServiceRecord.employee_id).label("employee_id"),
        )
        .where(
            ServiceRecord.position_id.is_not(None),
            ServiceRecord.superseded_at.is_(None),
            ServiceRecord.standing != Standing.SEPARATED,
            ServiceRecord.valid_from <= on,
            or_(ServiceRecord.valid_to.is_(None), ServiceRecord.valid_to > on),
        )
        .group_by(ServiceRecord.position_id)
        .subquery()
    )


def _posts(found: Any, actor: Actor, wanted: Wanted, held: Any) -> Any:
    narrowed: Sequence[tuple[str, ColumnElement[bool]]] = (
        (wanted.agency_id, Position.agency_id == wanted.agency_id),
        (wanted.unit, Position.unit == wanted.unit),
        (wanted.grade, Position.grade == wanted.grade),
    )
    next_day = wanted.on + dt.timedelta(days=1)
    return (
        found.join(Agency, Agency.id == Position.agency_id)
        .outerjoin(held, held.c.position_id == Position.id)
        .where(
            scope.within(Position.agency_id, actor, LIST),
            or_(Position.established_on.is_(None), Position.established_on <= wanted.on),
            or_(
                Position.abolished_at.is_(None),
                Position.abolished_at >= dt.datetime.combine(next_day, dt.time(0), dt.UTC),
            ),
            *(condition for value, condition in narrowed if value),
        )
    )


def _as_day(value: Any) -> dt.date | None:
    """Read a day that a database gives for an expression: SQLite tells it as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
