"""The entries of a pay period as a file, such as a payroll office takes in."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.contributions import queries
from app.personnel.contributions.forms import PeriodFilter
from app.personnel.contributions.models import Contribution
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Contribution]:
    """Read every entry that the list shows under its filter."""
    period_on = PeriodFilter(queries.list_periods(session, actor)).chosen()
    if period_on is None:
        return ()
    return tables.all_pages(
        lambda cursor: queries.list_staff(session, actor, period_on, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.contributions.list_staff",
        "Contributions",
        (
            Column("number", "Employee number", lambda row: row.employee.number),
            Column("name", "Employee", lambda row: row.employee.name),
            Column("period_on", "Pay period from", lambda row: row.period_on),
            Column("kind", "Kind", lambda row: row.kind.title),
            Column("plan", "Plan", lambda row: row.plan.code if row.plan else ""),
            Column("tier", "Covers", lambda row: row.tier.title if row.tier else ""),
            Column("employee_minor", "Employee, minor units", lambda row: row.employee_minor),
            Column("employer_minor", "Employer, minor units", lambda row: row.employer_minor),
            Column("currency", "Currency", lambda row: row.currency),
            Column("reason", "Reason", lambda row: row.reason),
        ),
        rows,
    )
)
