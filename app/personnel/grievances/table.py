"""The list of grievances as a file, for those who may see the list."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.grievances import queries
from app.personnel.grievances.forms import GrievanceFilterForm
from app.personnel.grievances.models import Grievance
from app.personnel.grievances.states import GrievanceState, Matter
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import Column, Table


def _rows(session: Session, actor: Actor) -> Iterable[Grievance]:
    filters = GrievanceFilterForm()
    wanted = queries.Wanted(
        filters.text.data or "",
        GrievanceState(filters.state.data) if filters.state.data else None,
        Matter(filters.matter.data) if filters.matter.data else None,
    )
    return tables.all_pages(lambda cursor: queries.list_grievances(session, actor, wanted, cursor=cursor))


tables.add(
    Table(
        "personnel.grievances.list_staff",
        "Grievances",
        (
            Column("number", "Number", lambda row: row.number),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("grievant", "Grievant", lambda row: row.employee.name),
            Column("matter", "Matter", lambda row: row.matter.title),
            Column("happened_on", "Happened", lambda row: row.happened_on),
            Column("filed_on", "Filed", lambda row: row.filed_on),
            Column("procedure", "Procedure", lambda row: row.procedure),
            Column("state", "State", lambda row: row.state.title),
            Column("step", "Step", lambda row: row.level),
            Column("answer_due_on", "Answer due", lambda row: row.current.due_on),
            Column("answered_at", "Answered", lambda row: row.current.decided_at),
            Column("ending", "Ending", lambda row: row.ending.title if row.ending else ""),
            Column("closed_at", "Closed", lambda row: row.closed_at),
        ),
        _rows,
    )
)
