"""The leave that is left with who leaves: for the statement among the papers, the office, and payroll."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.notices import services as notices
from app.personnel.accruals.final import FinalLine, final_lines
from app.personnel.accruals.queries import find_kept, load_services
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.states import LeaveKind
from app.personnel.separations.models import Separation
from app.personnel.separations.states import SeparationKind
from app.platform.actors import SYSTEM


def map_leave_left(session: Session, rows: Sequence[Separation]) -> dict[str, list[FinalLine]]:
    """Map separations, loaded with their agencies, to what is left in each ledger on their last days."""
    held: dict[str, dict[LeaveKind, int]] = {}
    query = (
        select(Separation.id, LeaveEntry.kind, func.sum(LeaveEntry.minutes))
        .join(LeaveEntry, LeaveEntry.employee_id == Separation.employee_id)
        .where(Separation.id.in_([row.id for row in rows]), LeaveEntry.effective_on <= Separation.last_day)
        .group_by(Separation.id, LeaveEntry.kind)
    )
    for own, kind, minutes in session.execute(query):
        held.setdefault(own, {})[kind] = int(minutes)
    services = load_services(session, [row.employee_id for row in rows])
    kept = {agency_id: find_kept(session, agency_id) for agency_id in {row.agency_id for row in rows}}
    found = {}
    for row in rows:
        rule = kept[row.agency_id]
        found[row.id] = (
            final_lines(
                rule.regime,
                held.get(row.id, {}),
                services[row.employee_id].weekly_on(row.last_day),
                is_removal=row.kind is SeparationKind.REMOVAL,
                is_death=row.kind is SeparationKind.DEATH,
            )
            if rule
            else []
        )
    return found


def promise_statement(session: Session, separation: Separation, at: dt.datetime) -> None:
    """Promise the final statement of leave, once for each leaving; none where no leave is kept or left."""
    lines = map_leave_left(session, [separation])[separation.id]
    kept = find_kept(session, separation.agency_id)
    if not lines or kept is None:
        return
    employee, agency = separation.employee, separation.agency
    letter: dict[str, Any] = {
        "signed_by": {"name": "Human resources office", "title": agency.name},
        "employee_number": employee.number,
        "last_day": separation.last_day,
        "rule": f"{kept.regime.title} ({kept.regime.law})",
        "accounts": [
            {
                "kind": line.kind.title,
                "left": line.left,
                "paid": line.paid,
                "owed": line.owed,
                "says": line.says,
                "law": line.law,
            }
            for line in lines
        ],
        "contact": [agency.contact_phone, agency.contact_email],
    }
    notices.promise(
        session,
        template="final_leave_statement",
        subject=separation.id,
        agency_id=separation.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter=letter,
        actor=SYSTEM,
        at=at,
        key=f"final-leave:{separation.id}",
    )
