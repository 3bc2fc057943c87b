"""Correcting an enrolment by two people; the ledger follows by entries that are added."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel import mailing
from app.personnel.benefit_plans.queries import load_rates
from app.personnel.benefit_plans.rules import demand_not_own, demand_second_person
from app.personnel.contributions.services import settle
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import get_employee
from app.personnel.enrolment_corrections import queries
from app.personnel.enrolment_corrections.models import EnrolmentCorrection
from app.personnel.enrolment_corrections.rules import Wanted, check
from app.personnel.enrolment_corrections.states import CorrectionState, decide
from app.personnel.enrolments.models import BenefitElection
from app.personnel.enrolments.queries import last_version
from app.personnel.enrolments.states import Source
from app.platform import audit, links
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id
from app.platform.locales import write_date

PROPOSE = "personnel.enrolment_corrections.create"


def propose_correction(
    session: Session, *, employee_id: str, wanted: Wanted, actor: Actor, at: dt.datetime
) -> EnrolmentCorrection:
    """Propose that an enrolment be another one from a pay period on, also from one that has passed."""
    employee = get_employee(session, employee_id, actor, PROPOSE)
    demand_not_own(actor.id, employee.account_id)
    _check(session, employee, wanted)
    correction = EnrolmentCorrection(
        id=new_id("ecn"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=wanted.kind,
        plan_id=wanted.plan_id,
        tier=wanted.tier,
        effective_from=wanted.effective_from,
        reason=wanted.reason.strip(),
        state=CorrectionState.PROPOSED,
        proposed_by=str(actor.id),
        proposed_at=at,
    )
    session.add(correction)
    session.flush()
    _record(session, "create", correction, actor, at, kind=correction.kind)
    return correction


def decide_correction(
    session: Session, *, correction_id: str, approves: bool, reason: str, actor: Actor, at: dt.datetime
) -> EnrolmentCorrection:
    """Decide on a correction as somebody other than who proposed it; approved, it is carried out at once."""
    correction = queries.get_correction(session, correction_id, actor, lock=True)
    actor.demand("personnel.enrolment_corrections.decide", correction.agency_id)
    state = decide(correction.state, CorrectionState.APPROVED if approves else CorrectionState.REFUSED)
    demand_second_person(actor.id, correction.proposed_by)
    demand_not_own(actor.id, correction.employee.account_id)
    if not approves and not reason.strip():
        raise Invalid(reason="Enter the reason of the refusal")
    if approves:
        election = _carry_out(session, correction, actor, at)
        correction.election_id = election.id
    correction.state, correction.decision_reason = state, reason.strip() or None
    correction.decided_by, correction.decided_at = actor.id, at
    session.flush()
    _record(session, "decide", correction, actor, at, state=state)
    return correction


def _check(session: Session, employee: Employee, wanted: Wanted) -> None:
    check(wanted, employee.hired_on)
    if wanted.plan_id is None or wanted.tier is None:
        return
    rates = load_rates(session, employee.agency_id, wanted.effective_from).get(wanted.plan_id, {})
    if wanted.tier not in rates:
        raise Invalid(option="This plan was not offered so on that day")


def _carry_out(
    session: Session, correction: EnrolmentCorrection, actor: Actor, at: dt.datetime
) -> BenefitElection:
    employee = correction.employee
    election = BenefitElection(
        id=new_id("bel"),
        employee_id=employee.id,
        agency_id=correction.agency_id,
        kind=correction.kind,
        version=last_version(session, employee.id, correction.kind) + 1,
        plan_id=correction.plan_id,
        tier=correction.tier,
        effective_from=correction.effective_from,
        source=Source.CORRECTION,
        made_by=actor.id,
        made_at=at,
    )
    session.add(election)
    session.flush()
    settle(session, employee, correction.kind, correction.effective_from, "Correction of the enrolment", at)
    mailing.tell(
        session,
        employee,
        key=f"enrolment-correction:{correction.id}",
        subject="Your benefits were corrected",
        lines=(
            f"{correction.kind.title}: {correction.plan.name if correction.plan else 'waived'}, from "
            f"{write_date(correction.effective_from)}. Reason: {correction.reason}",
            links.absolute("/my/benefits"),
        ),
        at=at,
    )
    return election


def _record(
    session: Session,
    act: str,
    correction: EnrolmentCorrection,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"personnel.enrolment_corrections.{act}",
        actor=actor,
        at=at,
        subject=correction.id,
        agency_id=correction.agency_id,
        employee=correction.employee_id,
        **details,
    )
