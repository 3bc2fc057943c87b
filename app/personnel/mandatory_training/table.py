"""The list of duties as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.mandatory_training import queries, rules
from app.personnel.mandatory_training.models import TrainingDuty
from app.personnel.mandatory_training.staff_routes import read_filters
from app.platform import clock
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[TrainingDuty]:
    """Read every duty that the list shows under its filters."""
    _, wanted = read_filters(session, actor)
    today = clock.now().date()
    return tables.all_pages(
        lambda cursor: queries.list_duties(session, actor, wanted, today, cursor=cursor, size=STRETCH)
    )


def _standing(row: TrainingDuty) -> str:
    return rules.standing(row.due_on, row.completed_on, clock.now().date()).title


tables.add(
    Table(
        "personnel.mandatory_training.list_staff",
        "Mandatory training",
        (
            Column("number", "Number", lambda row: row.employee.number),
            Column("name", "Name", lambda row: row.employee.name),
            Column("agency", "Agency", lambda row: row.employee.agency.name),
            Column("course", "Course", lambda row: row.requirement.course.title),
            Column("rule", "Rule", lambda row: rules.MANDATES[row.requirement.mandate].citation),
            Column("standing", "Standing", _standing),
            Column("due_on", "Due", lambda row: row.due_on),
            Column("completed_on", "Completed", lambda row: row.completed_on),
        ),
        rows,
    )
)
