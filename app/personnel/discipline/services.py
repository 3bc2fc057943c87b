"""Changing disciplinary cases: the rulebook, drafting, proposing, withdrawing."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.allegations.queries import list_ever_named
from app.personnel.discipline import queries, rules, visibility
from app.personnel.discipline.models import Charge, DisciplinaryCase, DisciplineRegime
from app.personnel.discipline.readiness import (
    check_official,
    demand_ready,
    promise_notice,
)
from app.personnel.discipline.regimes import REGIMES, Regime
from app.personnel.discipline.rules import Proposal
from app.personnel.discipline.states import CaseState, DutyStatus, move
from app.platform import audit, clock, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

READ_AGAIN = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer states of a case; `penalty_reasons` is a paragraph a line.

    Without a `procedure` the usual one of the action is taken.
    """

    proposal: Proposal
    summary: str
    penalty_reasons: str
    deciding_official_id: str
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class ChargeValues:
    """One charge; `specification` is a paragraph a line, `evidence` an item a line."""

    label: str
    specification: str
    evidence: str


def set_regime(session: Session, *, agency_id: str, name: str, actor: Actor, at: dt.datetime) -> None:
    """Say under which rulebook an agency opens cases; those that are open keep theirs."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.discipline.set_regime", agency.id)
    if name not in REGIMES:
        raise Invalid(name="Select a rulebook")
    row = session.get(DisciplineRegime, agency.id)
    if row is None:
        row = DisciplineRegime(agency_id=agency.id)
        session.add(row)
    row.name, row.set_by, row.set_at = name, str(actor.id), at
    session.flush()
    audit.record(
        session,
        "personnel.discipline.set_regime",
        actor=actor,
        at=at,
        subject=agency.id,
        agency_id=agency.id,
        rule=name,
    )


def open_case(
    session: Session,
    *,
    employee_id: str,
    draft: Draft,
    actor: Actor,
    at: dt.datetime,
    allegation_id: str | None = None,
) -> DisciplinaryCase:
    """Open a draft case about an employee of one of the actor's agencies, under the agency's rulebook.

    `allegation_id` names what was investigated before; the caller has looked into that.
    """
    employee = visibility.get_employee_to_open(session, employee_id, actor)
    regime = queries.regime_of(session, employee.agency_id)
    investigators = list_ever_named(session, allegation_id)
    official = draft.deciding_official_id
    check_official(session, official, employee, opener=actor.id, investigators=investigators)
    year = clock.local_date(at, employee.agency.time_zone).year
    case = DisciplinaryCase(
        id=new_id("dsc"),
        number=rules.case_number(sequences.next_number(session, f"disciplinary_case:{year}"), year),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        state=CaseState.DRAFT,
        opened_by=actor.id,
        opened_at=at,
        regime=regime.name,
        allegation_id=allegation_id,
    )
    _state(case, draft, regime)
    session.add(case)
    session.flush()
    _record(session, "open", case, actor, at, proposes=case.action)
    return case


def edit_case(
    session: Session, *, case_id: str, draft: Draft, actor: Actor, at: dt.datetime
) -> DisciplinaryCase:
    """Change what a draft states; Conflict once the action was proposed or the case withdrawn."""
    case = load_draft(session, case_id, actor, "personnel.discipline.edit")
    named = list_ever_named(session, case.allegation_id)
    official = draft.deciding_official_id
    check_official(session, official, case.employee, opener=case.opened_by, investigators=named)
    _state(case, draft, REGIMES[case.regime])
    session.flush()
    _record(session, "edit", case, actor, at, proposes=case.action)
    return case


def add_charge(
    session: Session, *, case_id: str, values: ChargeValues, actor: Actor, at: dt.datetime
) -> Charge:
    """Add a charge to a draft, after those it has."""
    case = load_draft(session, case_id, actor, "personnel.discipline.add_charge")
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
    case = load_draft(session, case_id, actor, "personnel.discipline.edit_charge")
    charge = queries.get_charge(case, charge_id)
    rules.check_evidence(values.evidence)
    charge.label, charge.specification = values.label, values.specification
    charge.evidence = values.evidence
    session.flush()
    _record(session, "edit_charge", case, actor, at, charge=charge.id)
    return charge


def remove_charge(session: Session, *, case_id: str, charge_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take a charge out of a draft that nobody was told of yet."""
    case = load_draft(session, case_id, actor, "personnel.discipline.remove_charge")
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
    case = load_case(session, case_id, actor, "personnel.discipline.propose")
    state = move(case.state, CaseState.PROPOSED)
    demand_ready(session, case, duty_status, actor, at)
    rules.check_delivery(delivered_on, clock.local_date(at, case.agency.time_zone))
    dates = rules.schedule(Proposal(case.action, case.days, case.notice_days, case.reply_days), delivered_on)
    notice = promise_notice(session, case, dates, duty_status, actor, at)
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
    case = load_case(session, case_id, actor, "personnel.discipline.withdraw")
    state = move(case.state, CaseState.WITHDRAWN)
    if not reason.strip():
        raise Invalid(reason="Enter the reason for withdrawing the case")
    was = case.state
    case.state, case.withdrawn_at, case.withdrawal_reason = state, at, reason.strip()
    session.flush()
    _record(session, "withdraw", case, actor, at, was=was)
    return case


def load_case(session: Session, case_id: str, actor: Actor, permission: str) -> DisciplinaryCase:
    """Give a case, locked, to somebody who holds a permission on it."""
    case = queries.get_case(session, case_id, actor, lock=True)
    actor.demand(permission, case.agency_id)
    return case


def record_view(session: Session, *, case: DisciplinaryCase, actor: Actor, at: dt.datetime) -> None:
    """Record that somebody of the office opened a case, once in a day; the employee sees by whom."""
    if not queries.was_read_since(session, case.id, actor.id, at - READ_AGAIN):
        _record(session, "show", case, actor, at)


def load_draft(session: Session, case_id: str, actor: Actor, permission: str) -> DisciplinaryCase:
    """Give a draft, locked, to somebody who holds a permission on it; Conflict once it is none any more.

    So it is for who decides the case.
    """
    case = load_case(session, case_id, actor, permission)
    if case.state is not CaseState.DRAFT:
        raise Conflict("This case is no draft any more. It can no longer be changed.")
    if actor.id == case.deciding_official_id:
        raise Conflict("You decide this case, so somebody else has to write its draft.")
    return case


def _state(case: DisciplinaryCase, draft: Draft, regime: Regime) -> None:
    law = rules.choose_procedure(regime, draft.proposal.action, draft.procedure)
    rules.check_proposal(law, draft.proposal)
    case.procedure = law.key
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
