"""Proposing and deciding corrections of ledgers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.accruals.queries import find_kept
from app.personnel.employees.queries import get_employee
from app.personnel.leave.services import NewEntry, enter
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_adjustments import queries, rules
from app.personnel.leave_adjustments.models import LeaveAdjustment
from app.personnel.leave_adjustments.states import AdjustmentState, move
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Correction:
    """What shall come into a ledger or (negative minutes) go from it."""

    kind: LeaveKind
    sort: EntrySort
    minutes: int
    effective_on: dt.date
    reason: str


def propose(
    session: Session, *, employee_id: str, values: Correction, actor: Actor, at: dt.datetime
) -> LeaveAdjustment:
    """Propose a correction, with its reason; another person decides."""
    employee = get_employee(session, employee_id, actor, "personnel.leave_adjustments.propose")
    rules.demand_not_own(actor.id, employee.account_id)
    rules.check(values.kind, values.sort, values.minutes, values.effective_on, employee.hired_on)
    if not values.reason.strip():
        raise Invalid(reason="Enter the reason")
    kept = find_kept(session, employee.agency_id)
    made = LeaveAdjustment(
        id=new_id("lva"), employee_id=employee.id, agency_id=employee.agency_id, kind=values.kind,
        sort=values.sort, minutes=values.minutes, effective_on=values.effective_on,
        expires_on=rules.expires_on(kept.regime if kept else None, values.sort, values.effective_on),
        reason=values.reason.strip(), state=AdjustmentState.PROPOSED, proposed_by=str(actor.id),
        proposed_at=at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _record(session, "propose", made, actor, at, kind=made.kind.value, minutes=made.minutes)
    return made


def decide(
    session: Session, *, adjustment_id: str, approves: bool, reason: str, actor: Actor, at: dt.datetime
) -> LeaveAdjustment:
    """Enter a correction into the ledger, or refuse it with a reason; never by who proposed it."""
    found = queries.get_adjustment(session, adjustment_id, actor, lock=True)
    actor.demand("personnel.leave_adjustments.decide", found.agency_id)
    rules.demand_second_person(actor.id, found.proposed_by, found.employee.account_id)
    found.state = move(found.state, AdjustmentState.APPROVED if approves else AdjustmentState.REFUSED)
    if not approves and not reason.strip():
        raise Invalid(reason="Enter the reason of the refusal")
    found.decided_by, found.decided_at = actor.id, at
    found.decision_reason = reason.strip() or None
    if approves:
        entry = NewEntry(
            found.employee_id, found.agency_id, found.kind, found.sort, found.minutes, found.effective_on,
            found.id, found.reason[:300], adjustment_id=found.id, expires_on=found.expires_on,
        )  # fmt: skip
        session.flush()
        enter(session, [entry], by=actor.id, at=at)
    session.flush()
    _record(session, "decide", found, actor, at, approved=approves)
    return found


def _record(
    session: Session, act: str, found: LeaveAdjustment, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.leave_adjustments.{act}",
        actor=actor,
        at=at,
        subject=found.id,
        agency_id=found.agency_id,
        employee=found.employee_id,
        **details,
    )
