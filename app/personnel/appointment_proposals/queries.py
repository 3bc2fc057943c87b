"""Reading what is proposed about appointments."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.appointment_proposals.models import AppointmentProposal
from app.personnel.appointment_proposals.states import ProposalState
from app.personnel.appointments.models import Appointment
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.appointment_proposals.show"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps proposals to the agencies in which the actor may read them."""
    return scope.within(AppointmentProposal.agency_id, actor, READ)


def get_proposal(
    session: Session, proposal_id: str, actor: Actor, *, lock: bool = False
) -> AppointmentProposal:
    """Give a proposal with its position, appointment, agency and people, locked on demand; else NotFound."""
    query = (
        select(AppointmentProposal)
        .where(AppointmentProposal.id == proposal_id, visible_to(actor))
        .options(
            joinedload(AppointmentProposal.position),
            joinedload(AppointmentProposal.agency),
            joinedload(AppointmentProposal.proposer),
            joinedload(AppointmentProposal.decider),
            joinedload(AppointmentProposal.appointment).joinedload(Appointment.employee),
        )
    )
    if lock:
        query = query.with_for_update(of=AppointmentProposal).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such proposal.")
    return found


def list_proposals(
    session: Session,
    actor: Actor,
    state: ProposalState | None,
    *,
    cursor: str,
    size: int = keyset.SIZE,
) -> keyset.Page[AppointmentProposal]:
    """List the proposals of the actor's agencies, the newest first."""
    query = (
        select(AppointmentProposal)
        .where(visible_to(actor))
        .options(
            joinedload(AppointmentProposal.position),
            joinedload(AppointmentProposal.agency),
            joinedload(AppointmentProposal.proposer),
        )
    )
    if state is not None:
        query = query.where(AppointmentProposal.state == state)
    order = (AppointmentProposal.proposed_at, AppointmentProposal.id)
    return keyset.fetch(session, query, order, is_descending=True, cursor=cursor, size=size)


def find_open(session: Session, position_id: str) -> AppointmentProposal | None:
    """Find what waits for a decision on a position."""
    return session.scalar(
        select(AppointmentProposal).where(
            AppointmentProposal.position_id == position_id,
            AppointmentProposal.state == ProposalState.PROPOSED,
        )
    )
