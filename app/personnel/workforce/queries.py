"""Reading columns of the workforce: set-based, never an object a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.personnel.actions.states import Standing
from app.personnel.positions.models import Position
from app.personnel.positions.states import PositionState
from app.personnel.service_records.models import ServiceRecord
from app.personnel.workforce.rules import Post, Stretch
from app.platform import scope
from app.platform.actors import Actor

SHOW = "personnel.workforce.show"
# A post whose first day is not known, and that nobody ever held, stood before anything was counted.
LONG_AGO = dt.date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Gradewise:
    """The posts of a grade today."""

    grade: str
    posts: int
    vacant: int


def load_stretches(session: Session, actor: Actor, agency_id: str = "") -> list[Stretch]:
    """Load the stretches of service in the actor's agencies, or in one of them, as known now."""
    found = (
        select(
            ServiceRecord.employee_id,
            ServiceRecord.valid_from,
            ServiceRecord.valid_to,
            ServiceRecord.grade,
            Agency.name,
            ServiceRecord.position_id,
        )
        .join(Agency, Agency.id == ServiceRecord.agency_id)
        .where(
            ServiceRecord.superseded_at.is_(None),
            ServiceRecord.standing != Standing.SEPARATED,
            scope.within(ServiceRecord.agency_id, actor, SHOW),
        )
    )
    if agency_id:
        found = found.where(ServiceRecord.agency_id == agency_id)
    return [Stretch(*row[:5], row[5] is not None) for row in session.execute(found)]


def load_posts(session: Session, actor: Actor, agency_id: str = "") -> list[Post]:
    """Load the posts of the establishment, those abolished too.

    A post whose first day is not known stood from the day on which somebody first held it.
    """
    held = (
        select(ServiceRecord.position_id, func.min(ServiceRecord.valid_from).label("since"))
        .where(ServiceRecord.superseded_at.is_(None), ServiceRecord.position_id.is_not(None))
        .group_by(ServiceRecord.position_id)
        .subquery()
    )
    found = (
        select(
            func.coalesce(Position.established_on, held.c.since).label("since"),
            Position.abolished_at,
            Agency.name,
        )
        .join(Agency, Agency.id == Position.agency_id)
        .outerjoin(held, held.c.position_id == Position.id)
        .where(scope.within(Position.agency_id, actor, SHOW))
    )
    if agency_id:
        found = found.where(Position.agency_id == agency_id)
    return [
        Post(since or LONG_AGO, abolished.date() if abolished else None, agency)
        for since, abolished, agency in session.execute(found)
    ]


def count_by_grade(session: Session, actor: Actor, agency_id: str = "") -> list[Gradewise]:
    """Count the posts of each grade and the vacant ones among them, by grade."""
    found = (
        select(Position.grade, func.count(), func.count() - func.count(Position.incumbent_id))
        .where(Position.state == PositionState.ACTIVE, scope.within(Position.agency_id, actor, SHOW))
        .group_by(Position.grade)
        .order_by(Position.grade)
    )
    if agency_id:
        found = found.where(Position.agency_id == agency_id)
    return [Gradewise(*row) for row in session.execute(found)]
