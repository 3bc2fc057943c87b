"""The list of proposed appointments as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.personnel.appointment_proposals import queries
from app.personnel.appointment_proposals.forms import ProposalFilterForm
from app.personnel.appointment_proposals.models import AppointmentProposal
from app.personnel.appointment_proposals.states import ProposalState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import STRETCH, Column, Table


def rows(session: Session, actor: Actor) -> Iterable[AppointmentProposal]:
    """Read every proposal that the list shows under its filter."""
    chosen = ProposalFilterForm().state.data
    state = ProposalState(chosen) if chosen else None
    return tables.all_pages(
        lambda cursor: queries.list_proposals(session, actor, state, cursor=cursor, size=STRETCH)
    )


tables.add(
    Table(
        "personnel.appointment_proposals.list_staff",
        "Proposed appointments",
        (
            Column("name", "Person", lambda row: row.name),
            Column("act", "What is proposed", lambda row: row.act.title),
            Column("state", "State", lambda row: row.state.title),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("position", "Position", lambda row: row.position.number),
            Column("kind", "Kind", lambda row: row.kind.title),
            Column("starts_on", "First day", lambda row: row.starts_on),
            Column("term_ends_on", "Last day at the latest", lambda row: row.term_ends_on),
            Column("authority", "Legal authority", lambda row: row.authority),
            Column("proposer", "Proposed by", lambda row: row.proposer.name),
            Column("proposed_at", "Proposed", lambda row: row.proposed_at),
            Column("decided_at", "Decided", lambda row: row.decided_at),
        ),
        rows,
    )
)
