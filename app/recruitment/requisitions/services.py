"""Changing requisitions: an officer asks, a second person decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts import queries as account_queries
from app.personnel.positions.states import PositionState
from app.platform import audit, clock, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.recruitment import rulebooks
from app.recruitment.requisitions import queries, rules
from app.recruitment.requisitions.models import Requisition, RequisitionPosition
from app.recruitment.requisitions.states import RequisitionState, move


@dataclass(frozen=True, slots=True)
class Request:
    """What an officer asks for; `positions` are ids of vacant positions of one class."""

    title: str
    justification: str
    rulebook: str
    positions: Sequence[str]


def create_requisition(
    session: Session, *, agency_id: str, request: Request, actor: Actor, at: dt.datetime
) -> Requisition:
    """Draft a requisition; Invalid when a position is not vacant, is taken, or is of another class."""
    actor.demand("recruitment.requisitions.create", agency_id)
    agency = account_queries.get_agency(session, agency_id)
    on = clock.local_date(at, agency.time_zone)
    _check(session, request, agency_id, on)
    number = sequences.next_number(session, f"requisition:{on.year}")
    requisition = Requisition(
        id=new_id("req"),
        number=f"REQ-{on.year}-{number:04d}",
        agency_id=agency_id,
        title=request.title,
        justification=request.justification,
        rulebook=request.rulebook,
        state=RequisitionState.DRAFT,
        created_by=actor.id,
        created_at=at,
        entries=_entries(request),
    )
    session.add(requisition)
    session.flush()
    _record(session, "create", requisition, actor, at, positions=sorted(request.positions))
    return requisition


def edit_requisition(
    session: Session, *, requisition_id: str, request: Request, actor: Actor, at: dt.datetime
) -> Requisition:
    """Change a draft; Conflict once it has been submitted."""
    requisition = _load(session, requisition_id, actor, "edit")
    if requisition.state is not RequisitionState.DRAFT:
        raise Conflict("Only a draft can be changed. This requisition has been submitted.")
    on = clock.local_date(at, requisition.agency.time_zone)
    _check(session, request, requisition.agency_id, on, apart_from=requisition.id)
    kept = {entry.position_id: entry for entry in requisition.entries}
    requisition.title, requisition.justification = request.title, request.justification
    requisition.rulebook = request.rulebook
    requisition.entries = [kept.get(entry.position_id, entry) for entry in _entries(request)]
    session.flush()
    _record(session, "edit", requisition, actor, at, positions=sorted(request.positions))
    return requisition


def submit_requisition(
    session: Session, *, requisition_id: str, actor: Actor, at: dt.datetime
) -> Requisition:
    """Ask a second person to decide."""
    requisition = _load(session, requisition_id, actor, "submit")
    state = move(requisition.state, RequisitionState.SUBMITTED)
    _check_still_vacant(session, requisition)
    requisition.state, requisition.requested_by, requisition.requested_at = state, actor.id, at
    _record(session, "submit", requisition, actor, at)
    return requisition


def decide_requisition(
    session: Session, *, requisition_id: str, is_approved: bool, reason: str, actor: Actor, at: dt.datetime
) -> Requisition:
    """Approve or refuse, by someone other than who asked; a refusal needs a reason."""
    requisition = _load(session, requisition_id, actor, "decide")
    to = RequisitionState.APPROVED if is_approved else RequisitionState.REFUSED
    state = move(requisition.state, to)
    rules.demand_second_person(actor.id, requisition.created_by, requisition.requested_by)
    if not is_approved and not reason.strip():
        raise Invalid(reason="Enter the reason for the refusal.")
    if is_approved:
        _check_still_vacant(session, requisition)
    requisition.state, requisition.decided_by, requisition.decided_at = state, actor.id, at
    requisition.decision_reason = reason.strip() or None
    if not is_approved:
        _let_go(requisition)
    _record(session, "decide", requisition, actor, at, decision=state.value)
    return requisition


def cancel_requisition(
    session: Session, *, requisition_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Requisition:
    """Give a requisition up and free its positions; Conflict while a posting stands for it."""
    requisition = _load(session, requisition_id, actor, "cancel")
    state = move(requisition.state, RequisitionState.CANCELLED)
    rules.check_not_advertised(requisition.advertised_at is not None)
    if not reason.strip():
        raise Invalid(reason="Enter the reason.")
    requisition.state, requisition.cancelled_at, requisition.cancel_reason = state, at, reason.strip()
    _let_go(requisition)
    _record(session, "cancel", requisition, actor, at)
    return requisition


def mark_advertised(
    session: Session, *, requisition_id: str, is_advertised: bool, actor: Actor, at: dt.datetime
) -> Requisition:
    """Note that a posting stands for an approved requisition, or stands no more."""
    requisition = queries.get_requisition(session, requisition_id, actor, lock=True)
    if is_advertised and requisition.state is not RequisitionState.APPROVED:
        raise Conflict("Only an approved requisition can be advertised.")
    if is_advertised and requisition.advertised_at is not None:
        raise Conflict("This requisition already has a posting. Open that one.")
    requisition.advertised_at = at if is_advertised else None
    return requisition


def fill_position(session: Session, *, position_id: str, at: dt.datetime) -> None:
    """Take a filled position out of its live requisition, so that it can be asked for when it is vacated.

    It belongs to the act that fills the position, which records itself; without an entry nothing happens.
    """
    entry = queries.find_live_entry(session, position_id)
    if entry is not None:
        entry.is_live, entry.filled_at = False, at


def reopen_position(session: Session, *, requisition_id: str, position_id: str) -> None:
    """Put a position that fell free again back into the requisition that it was advertised in.

    It belongs to the act that calls the next person, which records itself. Conflict where the position is
    filled, abolished or asked for in another requisition.
    """
    entry = queries.get_entry(session, requisition_id, position_id)
    position = entry.position
    if position.incumbent_id is not None or position.state is not PositionState.ACTIVE:
        raise Conflict(f"Position {position.number} is filled or abolished, so nobody can be called to it.")
    live = queries.find_live_entry(session, position_id)
    if live is not None and live.requisition_id != requisition_id:
        raise Conflict(f"Position {position.number} stands in another requisition now.")
    entry.is_live, entry.filled_at = True, None


def _load(session: Session, requisition_id: str, actor: Actor, act: str) -> Requisition:
    requisition = queries.get_requisition(session, requisition_id, actor, lock=True)
    actor.demand(f"recruitment.requisitions.{act}", requisition.agency_id)
    return requisition


def _check(session: Session, request: Request, agency_id: str, on: dt.date, *, apart_from: str = "") -> None:
    if rulebooks.find(session, request.rulebook, on, agency_id) is None:
        raise Invalid(rulebook="Select how applicants are ranked from the list.")
    chosen = queries.load_chosen(session, request.positions)
    taken = queries.list_taken(session, request.positions, apart_from=apart_from)
    rules.check_positions(chosen, request.positions, agency_id, taken)


def _check_still_vacant(session: Session, requisition: Requisition) -> None:
    asked = [entry.position_id for entry in requisition.entries]
    chosen = queries.load_chosen(session, asked)
    try:
        rules.check_positions(chosen, asked, requisition.agency_id, ())
    except Invalid as error:
        raise Conflict(f"The positions have changed. {error.message}") from error


def _entries(request: Request) -> list[RequisitionPosition]:
    return [
        RequisitionPosition(position_id=position_id, is_live=True)
        for position_id in sorted(set(request.positions))
    ]


def _let_go(requisition: Requisition) -> None:
    for entry in requisition.entries:
        entry.is_live = False


def _record(
    session: Session, act: str, requisition: Requisition, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"recruitment.requisitions.{act}",
        actor=actor,
        at=at,
        subject=requisition.id,
        agency_id=requisition.agency_id,
        **details,
    )
