"""The list of appointments as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel.appointments import queries
from app.personnel.appointments.forms import AppointmentFilterForm
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.staff_routes import read_wanted
from app.platform.actors import Actor
from app.web import tables
from app.web.forms import named
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Appointment]:
    """Read every appointment that the list shows under its filters."""
    agencies = list_agencies_for(session, actor, queries.SHOW)
    wanted = read_wanted(AppointmentFilterForm(choices={"agency": named(agencies)}))
    return tables.all_pages(
        lambda cursor: queries.list_appointments(session, actor, wanted, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.appointments.list_staff",
        "Appointments",
        (
            Column("number", "Employee number", lambda row: row.employee.number),
            Column("name", "Employee", lambda row: row.employee.name),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("position", "Position", lambda row: row.position.number),
            Column("title", "Title", lambda row: row.position.title),
            Column("kind", "Kind", lambda row: row.kind),
            Column("authority", "Legal authority", lambda row: row.authority),
            Column("starts_on", "First day", lambda row: row.starts_on),
            Column("entered_on", "Entered on duty", lambda row: row.entered_on),
            Column("probation_ends_on", "Probation ends", lambda row: row.probation_ends_on),
            Column("term_ends_on", "Ends at the latest", lambda row: row.term_ends_on),
            Column("ended_on", "Last day", lambda row: row.ended_on),
        ),
        rows,
    )
)
