"""What changed for payroll, as a file that a payroll system reads."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.pay_scales.payroll import PayChange
from app.personnel.pay_scales.sights import read_payroll
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import Column, Table


def rows(session: Session, actor: Actor) -> Iterable[PayChange]:
    """Read every change that the page shows under its filters."""
    found: list[PayChange] = read_payroll(session)["rows"]
    return found


tables.add(
    Table(
        "personnel.pay_scales.export",
        "Payroll changes",
        (
            Column("number", "Number", lambda row: row.number),
            Column("name", "Name", lambda row: row.name),
            Column("what", "What changed", lambda row: row.what),
            Column("on", "From", lambda row: row.on),
            Column("grade", "Grade", lambda row: row.grade),
            Column("step", "Step", lambda row: row.step),
            Column("pay_minor", "Pay, minor units", lambda row: row.pay_minor),
            Column("currency", "Currency", lambda row: row.currency),
            Column("period", "Pay is for", lambda row: row.period),
            Column("weekly_minutes", "Minutes a week", lambda row: row.weekly_minutes),
            Column("unpaid_minutes", "Minutes without pay", lambda row: row.unpaid_minutes),
        ),
        rows,
    )
)
