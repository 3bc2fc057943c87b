"""The list of personnel actions as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel.actions import queries
from app.personnel.actions.forms import ActionFilterForm
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.staff_routes import read_wanted
from app.platform.actors import Actor
from app.web import tables
from app.web.forms import named
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[PersonnelAction]:
    """Read every action that the list shows under its filters."""
    agencies = list_agencies_for(session, actor, queries.SHOW)
    wanted = read_wanted(ActionFilterForm(choices={"agency": named(agencies)}))
    return tables.all_pages(
        lambda cursor: queries.list_actions(session, actor, wanted, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.actions.list_staff",
        "Personnel actions",
        (
            Column("employee", "Employee", lambda row: row.employee.number),
            Column("name", "Name", lambda row: row.employee.name),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("kind", "Kind", lambda row: row.kind),
            Column("state", "State", lambda row: row.state),
            Column("effective_on", "Effective", lambda row: row.effective_on),
            Column("until", "Until", lambda row: row.ends_on),
            Column("grade", "Grade", lambda row: row.effect.get("grade")),
            Column("step", "Step", lambda row: row.effect.get("step")),
            Column("pay_minor", "Pay, minor units", lambda row: row.effect.get("pay_minor")),
            Column("weekly_minutes", "Minutes a week", lambda row: row.effect.get("weekly_minutes")),
            Column("place", "Place of work", lambda row: row.effect.get("duty_station")),
            Column("authority_code", "Authority code", lambda row: row.authority_code),
            Column("authority", "Legal authority", lambda row: row.authority),
            Column("reason", "Reason", lambda row: row.reason),
        ),
        rows,
    )
)
