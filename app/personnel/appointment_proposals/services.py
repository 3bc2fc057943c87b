"""Proposing appointments without a certificate, taking back those never taken up, and deciding on both."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import find_account_by_email
from app.personnel.appointment_proposals import letters, queries, rules
from app.personnel.appointment_proposals.models import AppointmentProposal
from app.personnel.appointment_proposals.rules import Wanted
from app.personnel.appointment_proposals.states import ProposalState, ProposedAct, move
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.queries import find_vacated_on, get_appointment, lock_person
from app.personnel.appointments.rules import check_established, check_live, check_position, check_start
from app.personnel.appointments.services import appoint, vacate
from app.personnel.positions.models import Position
from app.personnel.positions.queries import get_position, get_position_to_fill
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def propose_appointment(
    session: Session, *, position_id: str, wanted: Wanted, actor: Actor, at: dt.datetime
) -> AppointmentProposal:
    """Propose somebody for a vacant position, without a certificate and for a time; another decides.

    Invalid for an authority that allows no such appointment, a first day out of the window or before the
    position was there and free, or a last day beyond what the authority allows.
    """
    position = get_position(session, position_id, actor, lock=True)
    actor.demand("personnel.appointment_proposals.propose", position.agency_id)
    occupied = position.incumbent_id is not None
    check_position(position.state, number=position.number, is_occupied=occupied)
    account = find_account_by_email(session, wanted.email)
    rules.demand_not_own(actor.id, account.id if account else None)
    if not wanted.reason.strip():
        raise Invalid(reason="Enter why this position is filled without a certificate")
    term = rules.check_authority(wanted.authority_code)
    rules.check_first_day(wanted.starts_on, _today(position, at), wanted.late_reason)
    check_established(wanted.starts_on, position.established_on)
    check_start(wanted.starts_on, find_vacated_on(session, position.id))
    proposal = _propose(session, position, ProposedAct.APPOINT, wanted.reason, actor, at)
    proposal.name, proposal.email, proposal.kind = wanted.name.strip(), wanted.email.strip(), term.kind
    proposal.authority_code, proposal.authority = term.authority.code, term.authority.citation
    proposal.starts_on = wanted.starts_on
    proposal.term_ends_on = rules.check_term(term, wanted.starts_on, wanted.term_ends_on)
    proposal.late_reason = wanted.late_reason.strip() or None
    return _keep(session, proposal, "propose", actor, at)


def propose_taking_back(
    session: Session, *, appointment_id: str, reason: str, actor: Actor, at: dt.datetime
) -> AppointmentProposal:
    """Propose to take back an appointment that the person never took up; another decides."""
    appointment = get_appointment(session, appointment_id, actor)
    actor.demand("personnel.appointment_proposals.take_back", appointment.agency_id)
    rules.demand_not_own(actor.id, appointment.employee.account_id)
    check_live(appointment.ended_on)
    today = _today(appointment, at)
    rules.check_not_taken_up(appointment.starts_on, appointment.entered_on, today)
    if not reason.strip():
        raise Invalid(reason="Enter what is known of why the person did not begin")
    position = get_position_to_fill(session, appointment.position_id)
    proposal = _propose(session, position, ProposedAct.TAKE_BACK, reason, actor, at)
    proposal.name, proposal.kind = appointment.employee.name, appointment.kind
    proposal.authority_code, proposal.authority = "", appointment.authority
    proposal.appointment = appointment
    return _keep(session, proposal, "take_back", actor, at)


def decide_proposal(
    session: Session, *, proposal_id: str, approves: bool, reason: str, actor: Actor, at: dt.datetime
) -> AppointmentProposal:
    """Approve or refuse a proposal, as somebody other than who made it; approved, it is done at once.

    Conflict when it no longer holds, such as a first day that lies too far back by now.
    """
    proposal = queries.get_proposal(session, proposal_id, actor, lock=True)
    actor.demand("personnel.appointment_proposals.decide", proposal.agency_id)
    rules.demand_another(actor.id, proposal.proposed_by)
    state = move(proposal.state, ProposalState.APPROVED if approves else ProposalState.REFUSED)
    if not approves and not reason.strip():
        raise Invalid(reason="Enter the reason for refusing the proposal")
    if approves:
        act = _appoint if proposal.act is ProposedAct.APPOINT else _take_back
        proposal.appointment = act(session, proposal, actor, at)
    proposal.state, proposal.decision_reason = state, reason.strip() or None
    proposal.decided_by, proposal.decided_at = actor.id, at
    session.flush()
    _record(session, "decide", proposal, actor, at, approves=approves)
    letters.tell_proposer(session, proposal, at)
    return proposal


def withdraw_proposal(
    session: Session, *, proposal_id: str, actor: Actor, at: dt.datetime
) -> AppointmentProposal:
    """Withdraw one's own proposal before it is decided."""
    proposal = queries.get_proposal(session, proposal_id, actor, lock=True)
    actor.demand("personnel.appointment_proposals.withdraw", proposal.agency_id)
    if actor.id != proposal.proposed_by:
        raise Conflict("Only who made a proposal withdraws it. Refuse it instead.")
    proposal.state = move(proposal.state, ProposalState.WITHDRAWN)
    session.flush()
    _record(session, "withdraw", proposal, actor, at)
    return proposal


def _appoint(session: Session, proposal: AppointmentProposal, actor: Actor, at: dt.datetime) -> Appointment:
    starts_on, email = proposal.starts_on, proposal.email or ""
    if starts_on is None:
        raise Conflict("This proposal names no first day.")
    try:
        rules.check_first_day(starts_on, _today(proposal, at), proposal.late_reason or "decided later")
    except Invalid as error:
        raise Conflict(f"{error.fields['starts_on']}. Refuse it, so that it can be proposed anew.") from error
    account = find_account_by_email(session, email) if email else None
    return appoint(
        session,
        position_id=proposal.position_id,
        name=proposal.name,
        email=email or None,
        account_id=account.id if account else None,
        starts_on=starts_on,
        kind=proposal.kind,
        authority=proposal.authority,
        source=proposal.id,
        actor=actor,
        at=at,
        term_ends_on=proposal.term_ends_on,
    )


def _take_back(session: Session, proposal: AppointmentProposal, actor: Actor, at: dt.datetime) -> Appointment:
    found = get_appointment(session, proposal.appointment_id or "", actor)
    lock_person(session, found.employee_id)  # the person first and the post last, as everywhere
    appointment = get_appointment(session, found.id, actor, lock=True)
    position = get_position_to_fill(session, proposal.position_id)
    rules.demand_not_own(actor.id, appointment.employee.account_id)
    check_live(appointment.ended_on)
    rules.check_not_taken_up(appointment.starts_on, appointment.entered_on, _today(appointment, at))
    day_before = appointment.starts_on - dt.timedelta(days=1)
    reason = f"Never taken up. {proposal.reason}"[:2000]
    vacate(session, appointment, position, reason=reason, ended_on=day_before, actor=actor, at=at)
    letters.promise_taken_back(session, appointment, proposal, actor, at)
    return appointment


def _propose(
    session: Session, position: Position, act: ProposedAct, reason: str, actor: Actor, at: dt.datetime
) -> AppointmentProposal:
    if queries.find_open(session, position.id) is not None:
        raise Conflict("Something is proposed for this position already.")
    return AppointmentProposal(
        id=new_id("atp"),
        act=act,
        state=ProposalState.PROPOSED,
        agency_id=position.agency_id,
        position=position,
        reason=reason.strip(),
        proposed_by=str(actor.id),
        proposed_at=at,
    )


def _keep(
    session: Session, proposal: AppointmentProposal, act: str, actor: Actor, at: dt.datetime
) -> AppointmentProposal:
    session.add(proposal)
    session.flush()
    _record(session, act, proposal, actor, at, kind=proposal.kind, authority=proposal.authority_code)
    return proposal


def _today(held: Position | Appointment | AppointmentProposal, at: dt.datetime) -> dt.date:
    return clock.local_date(at, held.agency.time_zone)


def _record(
    session: Session,
    act: str,
    proposal: AppointmentProposal,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"personnel.appointment_proposals.{act}",
        actor=actor,
        at=at,
        subject=proposal.id,
        agency_id=proposal.agency_id,
        position=proposal.position_id,
        **details,
    )
