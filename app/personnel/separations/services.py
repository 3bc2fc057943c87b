"""Leaving service: asking for it, deciding, taking it back, and the last day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.actions.queries import service_began_on
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import get_employee
from app.personnel.employees.states import EmployeeState
from app.personnel.separations import letters, queries, recording, rules
from app.personnel.separations.effecting import effect
from app.personnel.separations.models import Separation
from app.personnel.separations.signing import begin_clearance
from app.personnel.separations.states import SeparationKind, SeparationState, move
from app.personnel.serving import get_own_in_service
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

RECORD = "personnel.separations.create"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Why somebody leaves, and on which day for the last time."""

    kind: SeparationKind
    last_day: dt.date
    reason: str
    born_on: dt.date | None = None


def request_own(session: Session, *, wanted: Wanted, actor: Actor, at: dt.datetime) -> Separation:
    """Resign, or ask to retire; the reason is entered in the record as it was given."""
    employee = get_own_in_service(session, actor.id)
    if not wanted.kind.is_own:
        raise Invalid(kind="Select whether you resign or retire")
    return _open(session, employee, wanted, actor, at, source=None)


def record_separation(
    session: Session, *, employee_id: str, wanted: Wanted, actor: Actor, at: dt.datetime
) -> Separation:
    """Record why somebody leaves, for another officer to decide on; never for oneself."""
    employee = get_employee(session, employee_id, actor, RECORD)
    if employee.account_id is not None and employee.account_id == actor.id:
        raise Conflict("You leave on your own page, as everybody does.")
    if employee.state is not EmployeeState.ACTIVE:
        raise Conflict("This person's service has ended already.")
    if not wanted.reason.strip():
        raise Invalid(reason="Enter the reason, and how it is known")
    held = queries.find_appointment(session, employee.id)
    kind, term_ends_on = (held.kind, held.term_ends_on) if held else (None, None)
    rules.check_recorded(wanted.kind, kind, term_ends_on, wanted.last_day)
    return _open(session, employee, wanted, actor, at, source=None)


def separate(
    session: Session,
    *,
    employee: Employee,
    kind: SeparationKind,
    last_day: dt.date,
    reason: str,
    source: str,
    proposed_by: str,
    decided_by: str,
    actor: Actor,
    at: dt.datetime,
) -> Separation:
    """Open a separation that two people decided on elsewhere, such as a removal; its clearance begins now.

    `employee` is loaded with the agency; `source` is the typed id of the decision. Where another separation
    is under way, the database refuses a second one.
    """
    separation = _make(session, employee, Wanted(kind, last_day, reason), proposed_by, at, source)
    separation.state, separation.decided_by, separation.decided_at = SeparationState.ACCEPTED, decided_by, at
    session.add(separation)
    session.flush()
    begin_clearance(session, separation, at)
    recording.record(session, "separate", separation, actor, at, kind=kind, source=source)
    return separation


def decide_separation(
    session: Session,
    *,
    separation_id: str,
    accepts: bool,
    reason: str,
    evidence: str,
    actor: Actor,
    at: dt.datetime,
) -> Separation:
    """Accept a separation or refuse it, as somebody other than who asked; a resignation cannot be refused."""
    separation = queries.get_separation(session, separation_id, actor, lock=True)
    actor.demand("personnel.separations.decide", separation.agency_id)
    recording.demand_another(actor, separation)
    state = move(separation.state, SeparationState.ACCEPTED if accepts else SeparationState.REFUSED)
    if accepts:
        kind = separation.kind
        separation.eligibility = rules.demand_evidence(kind, separation.eligibility, evidence)
    else:
        rules.check_refusal(separation.kind, reason)
    separation.state, separation.decision_reason = state, reason.strip() or None
    separation.decided_by, separation.decided_at = actor.id, at
    session.flush()
    if accepts:
        begin_clearance(session, separation, at)
    recording.record(session, "decide", separation, actor, at, state=state)
    letters.tell_decision(session, separation, at)
    if accepts and separation.kind is SeparationKind.DEATH:
        effect(session, separation, at)
    return separation


def take_back(session: Session, *, separation_id: str, actor: Actor, at: dt.datetime) -> Separation:
    """Take one's own separation back where the rule lets one; else ask the office, which decides."""
    employee = get_own_in_service(session, actor.id)
    separation = queries.get_own(session, separation_id, employee.id, lock=True)
    if not separation.kind.is_own or separation.source is not None:
        raise Conflict("This was not your request, so you cannot take it back.")
    regime = queries.regime_of(session, separation.agency_id)
    if rules.may_take_back(regime, separation.state):
        return _withdraw(session, separation, actor, at)
    rules.check_asked_back(separation.state, separation.withdrawal_asked_at, separation.withdrawal_answer)
    separation.withdrawal_asked_at, separation.withdrawal_answer = at, None
    session.flush()
    recording.record(session, "take_back", separation, actor, at)
    return separation


def answer_taking_back(
    session: Session, *, separation_id: str, agrees: bool, reason: str, actor: Actor, at: dt.datetime
) -> Separation:
    """Agree that a separation is taken back, or decline with the reason, which the person reads."""
    separation = queries.get_separation(session, separation_id, actor, lock=True)
    actor.demand("personnel.separations.answer_taking_back", separation.agency_id)
    recording.demand_another(actor, separation)
    if separation.withdrawal_asked_at is None or separation.withdrawal_answer is not None:
        raise Conflict("Nobody waits for an answer.")
    if not reason.strip():
        raise Invalid(reason="Enter the reason; the employee reads it")
    separation.withdrawal_answer = reason.strip()
    session.flush()
    recording.record(session, "answer_taking_back", separation, actor, at, agrees=agrees)
    if agrees:
        _withdraw(session, separation, actor, at)
    letters.tell_answer(session, separation, agrees=agrees, at=at)
    return separation


def remind(session: Session, *, at: dt.datetime) -> int:
    """Remind the office of clearances that are open when the last day nears; count the mails."""
    sent = 0
    day = at.date()
    until = day + dt.timedelta(days=max(rules.REMIND_DAYS) + 1)
    for separation in queries.list_to_remind(session, day - dt.timedelta(days=1), until):
        today = clock.local_date(at, separation.agency.time_zone)
        days = rules.reminder_due(separation.last_day, today)
        if days is not None:
            sent += letters.remind(session, separation, days, at)
    return sent


def _open(
    session: Session,
    employee: Employee,
    wanted: Wanted,
    actor: Actor,
    at: dt.datetime,
    source: str | None,
) -> Separation:
    today = clock.local_date(at, employee.agency.time_zone)
    rules.check_last_day(wanted.kind, wanted.last_day, employee.hired_on, today)
    separation = _make(session, employee, wanted, str(actor.id), at, source)
    if wanted.kind is SeparationKind.RETIREMENT:
        regime = queries.regime_of(session, employee.agency_id)
        began = service_began_on(session, employee.id) or employee.hired_on
        separation.eligibility = rules.check_retirement(regime, wanted.born_on, began, wanted.last_day)
    if queries.find_live(session, employee.id) is not None:
        raise Conflict("A separation of this person is under way already.")
    session.add(separation)
    session.flush()
    recording.record(session, "create", separation, actor, at, kind=wanted.kind, last_day=wanted.last_day)
    return separation


def _make(
    session: Session, employee: Employee, wanted: Wanted, by: str, at: dt.datetime, source: str | None
) -> Separation:
    position = queries.find_held_position(session, employee.id)
    return Separation(
        id=new_id("sep"),
        employee=employee,
        agency=employee.agency,
        position=position,
        kind=wanted.kind,
        state=SeparationState.SUBMITTED,
        last_day=wanted.last_day,
        reason=wanted.reason.strip(),
        born_on=wanted.born_on,
        source=source,
        requested_by=by,
        requested_at=at,
        items=[],
    )


def _withdraw(session: Session, separation: Separation, actor: Actor, at: dt.datetime) -> Separation:
    separation.state = move(separation.state, SeparationState.WITHDRAWN)
    separation.withdrawn_at = at
    session.flush()
    recording.record(session, "withdraw", separation, actor, at)
    return separation
