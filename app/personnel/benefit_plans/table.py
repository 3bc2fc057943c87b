"""The list of plans as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.benefit_plans import queries
from app.personnel.benefit_plans.models import BenefitPlan
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[BenefitPlan]:
    """Read every plan that the list shows."""
    return tables.all_pages(lambda cursor: queries.list_plans(session, actor, cursor=cursor, size=STRETCH))


tables.add(
    Table(
        "personnel.benefit_plans.list_staff",
        "Benefit plans",
        (
            Column("code", "Code", lambda row: row.code),
            Column("kind", "Kind", lambda row: row.kind.title),
            Column("name", "Name", lambda row: row.name),
            Column("carrier", "Carrier", lambda row: row.carrier),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("is_default", "Default", lambda row: row.is_default),
            Column("state", "State", lambda row: row.state.title),
        ),
        rows,
    )
)
