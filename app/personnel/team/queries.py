"""Reading a person's team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.leave_requests.queries import list_away
from app.personnel.leave_requests.states import RequestState
from app.personnel.positions.models import Position
from app.personnel.reporting import list_team
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import NotFound


def list_own(session: Session, actor: Actor) -> list[Employee]:
    """List who reports to the actor, by name; nobody where the actor does not serve."""
    own = find_own_employee(session, actor.id)
    return list_team(session, own.id) if own else []


def get_member(session: Session, employee_id: str, actor: Actor) -> Employee:
    """Give somebody who reports to the actor, or raise NotFound."""
    found = next((one for one in list_own(session, actor) if one.id == employee_id), None)
    if found is None:
        raise NotFound("There is no such person in your team.")
    return found


def map_positions(session: Session, employee_ids: Collection[str]) -> dict[str, Position]:
    """Map people's ids to the positions that they hold."""
    found = session.scalars(select(Position).where(Position.incumbent_id.in_(employee_ids)))
    return {position.incumbent_id: position for position in found if position.incumbent_id}


def map_away(session: Session, team: Sequence[Employee], at: dt.datetime) -> dict[str, str]:
    """Map the ids of those who are on approved leave today to its kind."""
    if not team:
        return {}
    today = clock.local_date(at, team[0].agency.time_zone)
    days = list_away(session, [one.id for one in team], today, today)
    return {day.employee_id: day.kind.title for day in days if day.state is RequestState.APPROVED}


def say_team(session: Session, employee: Employee) -> str | None:
    """Say how many people report to an employee; None where nobody does."""
    count = len(list_team(session, employee.id))
    if not count:
        return None
    return "1 person reports to you." if count == 1 else f"{count} people report to you."
