"""Changing disciplinary cases: drafting, proposing, withdrawing."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from app.notices import services as notices
from app.personnel import letters
from app.personnel.discipline import queries, rules
from app.personnel.discipline.models import Charge, DisciplinaryCase
from app.personnel.discipline.rules import Proposal
from app.personnel.discipline.states import CaseState, DutyStatus, move
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import get_employee
from app.platform import audit, clock, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer states of a case; `penalty_reasons` is a paragraph a line."""

    proposal: Proposal
    summary: str
    penalty_reasons: str
    deciding_official_id: str


@dataclass(frozen=True, slots=True)
class ChargeValues:
    """One charge; `specification` is a paragraph a line, `evidence` an item a line."""

    label: str
    specification: str
    evidence: str


def open_case(
    session: Session, *, employee_id: str, draft: Draft, actor: Actor, at: dt.datetime
) -> DisciplinaryCase:
    """Open a draft case about an employee of one of the actor's agencies."""
    employee = get_employee(session, employee_id, actor, "personnel.discipline.open")
    _check_official(session, draft.deciding_official_id, employee, opener=actor.id)
    year = clock.local_date(at, employee.agency.time_zone).year
    case = DisciplinaryCase(
        id=new_id("dsc"),
        number=rules.case_number(sequences.next_number(session, f"disciplinary_case:{year}"), year),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        state=CaseState.DRAFT,
        opened_by=actor.id,
        opened_at=at,
    )
    _state(case, draft)
    session.add(case)
    session.flush()
    _record(session, "open", case, actor, at, proposes=case.action)
    return case


def edit_case(
    session: Session, *, case_id: str, draft: Draft, actor: Actor, at: dt.datetime
) -> DisciplinaryCase:
    """Change what a draft states; Conflict once the action was proposed or the case withdrawn."""
    case = _load_draft(session, case_id, actor, "edit")
    _check_official(session, draft.deciding_official_id, case.employee, opener=case.opened_by)
    _state(case, draft)
    session.flush()
    _record(session, "edit", case, actor, at, proposes=case.action)
    return case


def add_charge(
    session: Session, *, case_id: str, values: ChargeValues, actor: Actor, at: dt.datetime
) -> Charge:
    """Add a charge to a draft, after those it has."""
    case = _load_draft(session, case_id, actor, "add_charge")
    rules.check_room(len(case.charges))
    rules.check_evidence(values.evidence)
    place = max((charge.position for charge in case.charges), default=0) + 1
    charge = Charge(id=new_id("chg"), case_id=case.id, position=place, **asdict(values))
    session.add(charge)
    session.flush()
    _record(session, "add_charge", case, actor, at, charge=charge.id)
    return charge


def edit_charge(
    session: Session, *, case_id: str, charge_id: str, values: ChargeValues, actor: Actor, at: dt.datetime
) -> Charge:
    """Change a charge of a draft."""
    case = _load_draft(session, case_id, actor, "edit_charge")
    charge = queries.get_charge(case, charge_id)
    rules.check_evidence(values.evidence)
    charge.label, charge.specification = values.label, values.specification
    charge.evidence = values.evidence
    session.flush()
    _record(session, "edit_charge", case, actor, at, charge=charge.id)
    return charge


def remove_charge(session: Session, *, case_id: str, charge_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take a charge out of a draft that nobody was told of yet."""
    case = _load_draft(session, case_id, actor, "remove_charge")
    session.delete(queries.get_charge(case, charge_id))
    session.flush()
    _record(session, "remove_charge", case, actor, at, charge=charge_id)


def propose_action(
    session: Session,
    *,
    case_id: str,
    delivered_on: dt.date,
    duty_status: DutyStatus,
    actor: Actor,
    at: dt.datetime,
) -> DisciplinaryCase:
    """Propose the action, fix its dates, and promise the notice, all in one transaction.

    Conflict without a charge or when the employee holds no position; Invalid when the actor decides the case.
    """
    case = _load(session, case_id, actor, "propose")
    state = move(case.state, CaseState.PROPOSED)
    rules.check_charges(len(case.charges))
    _check_official(
        session, case.deciding_official_id, case.employee, opener=case.opened_by, proposer=actor.id
    )
    rules.check_delivery(delivered_on, clock.local_date(at, case.agency.time_zone))
    position = queries.find_position(session, case.employee_id)
    if position is None:
        raise Conflict("This person holds no position now, so no action can be proposed.")
    proposal = rules.propose(case.action, case.days, case.notice_days, case.reply_days)
    dates = rules.schedule(proposal, delivered_on)
    notice = notices.promise(
        session,
        template="proposed_action",
        subject=case.id,
        agency_id=case.agency_id,
        account_id=case.employee.account_id,
        name=case.employee.name,
        email=case.employee.email,
        letter=letters.proposed_action(case, position, dates, duty_status, actor),
        actor=actor,
        at=at,
        key=f"proposed_action:{case.id}",
    )
    case.state, case.proposed_by, case.proposed_at = state, actor.id, at
    case.delivered_on, case.reply_due_on = dates.delivered_on, dates.reply_due_on
    case.effective_from_on, case.notice_id = dates.effective_from_on, notice.id
    session.flush()
    _record(session, "propose", case, actor, at, proposes=case.action, notice=notice.number)
    return case


def withdraw_case(
    session: Session, *, case_id: str, reason: str, actor: Actor, at: dt.datetime
) -> DisciplinaryCase:
    """Withdraw a draft or a proposal, with the reason."""
    case = _load(session, case_id, actor, "withdraw")
    state = move(case.state, CaseState.WITHDRAWN)
    if not reason.strip():
        raise Invalid(reason="Enter the reason for withdrawing the case")
    was = case.state
    case.state, case.withdrawn_at, case.withdrawal_reason = state, at, reason.strip()
    session.flush()
    _record(session, "withdraw", case, actor, at, was=was)
    return case


def _load(session: Session, case_id: str, actor: Actor, act: str) -> DisciplinaryCase:
    case = queries.get_case(session, case_id, actor, lock=True)
    actor.demand(f"personnel.discipline.{act}", case.agency_id)
    return case


def _load_draft(session: Session, case_id: str, actor: Actor, act: str) -> DisciplinaryCase:
    case = _load(session, case_id, actor, act)
    if case.state is not CaseState.DRAFT:
        raise Conflict("This case is no draft any more. It can no longer be changed.")
    return case


def _check_official(
    session: Session,
    official: str,
    employee: Employee,
    *,
    opener: str | None,
    proposer: str | None = None,
) -> None:
    if official not in {account_id for account_id, _ in queries.list_officials(session, employee.agency_id)}:
        raise Invalid(deciding_official_id="Select a deciding official from the list")
    rules.check_deciding_official(official, opener=opener, proposer=proposer, subject=employee.account_id)


def _state(case: DisciplinaryCase, draft: Draft) -> None:
    for name, value in asdict(draft.proposal).items():
        setattr(case, name, value)
    case.summary, case.penalty_reasons = draft.summary, draft.penalty_reasons
    case.deciding_official_id = draft.deciding_official_id


def _record(
    session: Session, act: str, case: DisciplinaryCase, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.discipline.{act}",
        actor=actor,
        at=at,
        subject=case.id,
        agency_id=case.agency_id,
        number=case.number,
        **details,
    )
