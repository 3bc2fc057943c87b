"""What a payroll system has to know of a time: who, and what changed. Nothing is paid here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionState
from app.personnel.employees.models import Employee
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.states import LeaveKind
from app.personnel.service_records.models import ServiceRecord

UNPAID = (LeaveKind.UNPAID, LeaveKind.FAMILY)
MOST_CHANGES = 20_000


@dataclass(frozen=True, slots=True)
class PayChange:
    """One change of somebody's pay, or minutes without pay."""

    number: str
    name: str
    what: str
    on: dt.date
    grade: str = ""
    step: int | None = None
    pay_minor: int | None = None
    currency: str = ""
    period: str = ""
    weekly_minutes: int | None = None
    unpaid_minutes: int | None = None


def list_changes(session: Session, agency_id: str, first: dt.date, last: dt.date) -> list[PayChange]:
    """List what changed for the pay of an agency's people in a time, by number and day."""
    found = _actions(session, agency_id, first, last) + _unpaid(session, agency_id, first, last)
    return sorted(found, key=lambda change: (change.number, change.on, change.what))


def _actions(session: Session, agency_id: str, first: dt.date, last: dt.date) -> list[PayChange]:
    acts = session.execute(
        select(
            PersonnelAction.id,
            PersonnelAction.kind,
            PersonnelAction.effective_on,
            Employee.number,
            Employee.name,
        )
        .join(Employee, Employee.id == PersonnelAction.employee_id)
        .where(
            PersonnelAction.agency_id == agency_id,
            PersonnelAction.effective_on.between(first, last),
            PersonnelAction.state == ActionState.EFFECTED,
        )
        .order_by(PersonnelAction.effective_on, PersonnelAction.id)
        .limit(MOST_CHANGES)
    ).all()
    records = session.execute(
        select(
            ServiceRecord.action_id,
            ServiceRecord.grade,
            ServiceRecord.step,
            ServiceRecord.pay_minor,
            ServiceRecord.pay_currency,
            ServiceRecord.pay_period,
            ServiceRecord.weekly_minutes,
        )
        .join(PersonnelAction, PersonnelAction.id == ServiceRecord.action_id)
        .where(
            PersonnelAction.agency_id == agency_id,
            PersonnelAction.effective_on.between(first, last),
            ServiceRecord.superseded_at.is_(None),
        )
        .order_by(ServiceRecord.valid_from.desc())
    )
    held = {row[0]: row for row in records}
    changes = []
    for own, kind, on, number, name in acts:
        row = held.get(own)
        if row is None:
            changes.append(PayChange(number, name, kind.title, on))
            continue
        _, grade, step, pay_minor, currency, period, weekly = row
        changes.append(
            PayChange(number, name, kind.title, on, grade, step, pay_minor, currency, period.value, weekly)
        )
    return changes


def _unpaid(session: Session, agency_id: str, first: dt.date, last: dt.date) -> list[PayChange]:
    """List the minutes that people took without pay, one line a person and kind."""
    query = (
        select(
            Employee.number,
            Employee.name,
            LeaveEntry.kind,
            func.min(LeaveEntry.effective_on),
            -func.sum(LeaveEntry.minutes),
        )
        .join(Employee, Employee.id == LeaveEntry.employee_id)
        .where(
            LeaveEntry.agency_id == agency_id,
            LeaveEntry.kind.in_(UNPAID),
            LeaveEntry.effective_on.between(first, last),
        )
        .group_by(Employee.number, Employee.name, LeaveEntry.kind)
    )
    return [
        PayChange(number, name, kind.title, on, unpaid_minutes=int(minutes))
        for number, name, kind, on, minutes in session.execute(query)
        if minutes
    ]
