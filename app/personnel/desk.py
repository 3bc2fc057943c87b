"""What stands on a person's own page, on the record that the office keeps, and on a supervisor's team pages.

Each noun adds its parts when it is imported; the pages ask for those that the reader may open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.employees.models import Employee
from app.platform.actors import Actor

# One line that says how things stand for an employee; "" where there is nothing to say, None hides the page.
Told = Callable[[Session, Employee], str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A link with what it says; the endpoint takes `employee_id`, except on a person's own page."""

    order: int
    title: str
    endpoint: str
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A part as a page shows it."""

    title: str
    endpoint: str
    said: str


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that a supervisor is to do: the kind of it, about whom, where and until when."""

    title: str
    about: str
    href: str
    due: dt.datetime | None
    is_overdue: bool


# What a supervisor is to do now, by deadline.
Errands = Callable[[Session, Actor, dt.datetime], list[Errand]]

_own: dict[str, Part] = {}
_record: dict[str, Part] = {}
_team: dict[str, Part] = {}
_errands: list[Errands] = []


def add_own(title: str, endpoint: str, *, order: int, told: Told | None = None) -> None:
    """Put a page about oneself, with an endpoint without arguments, on the page of one's employment."""
    _own[endpoint] = Part(order, title, endpoint, told)


def add_record(title: str, endpoint: str, *, order: int, told: Told | None = None) -> None:
    """Put a page on an employee's record, for those who hold the endpoint's permission in the agency."""
    _record[endpoint] = Part(order, title, endpoint, told)


def add_team(title: str, endpoint: str, *, order: int, told: Told | None = None) -> None:
    """Put a page on each row of a supervisor's team; it decides itself whether the reader may open it."""
    _team[endpoint] = Part(order, title, endpoint, told)


def add_errands(errands: Errands) -> None:
    """Put what waits for a supervisor on the page of the team."""
    if errands not in _errands:
        _errands.append(errands)


def list_errands(session: Session, actor: Actor, at: dt.datetime) -> list[Errand]:
    """List what a supervisor is to do now about the people of the team."""
    return [errand for errands in _errands for errand in errands(session, actor, at)]


def list_own(session: Session, employee: Employee) -> list[Line]:
    """List what a person finds about the own employment, in order."""
    return _said(session, employee, _own)


def list_record(session: Session, employee: Employee, actor: Actor) -> list[Line]:
    """List what this reader may open about an employee, in order."""
    open_to = {name: part for name, part in _record.items() if actor.may(name, employee.agency_id)}
    return _said(session, employee, open_to)


def list_team(session: Session, employee: Employee) -> list[Line]:
    """List what a supervisor finds about a person of the team, in order."""
    return _said(session, employee, _team)


def find_title(endpoint: str) -> str | None:
    """Give the title of a page about an employee by its endpoint; None where it is no such page."""
    part = _record.get(endpoint) or _team.get(endpoint)
    return part.title if part else None


def _said(session: Session, employee: Employee, parts: dict[str, Part]) -> list[Line]:
    ordered = sorted(parts.values(), key=lambda part: (part.order, part.title))
    told = [(part, part.told(session, employee) if part.told else "") for part in ordered]
    return [Line(part.title, part.endpoint, said) for part, said in told if said is not None]
