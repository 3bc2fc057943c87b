"""Reading requisitions, and the vacant positions that one may ask for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.personnel.positions.models import Position
from app.personnel.positions.states import PositionState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.errors import NotFound
from app.recruitment.requisitions.models import Requisition, RequisitionPosition
from app.recruitment.requisitions.rules import Chosen
from app.recruitment.requisitions.states import RequisitionState

READ = "recruitment.requisitions.list_staff"
PAGE = keyset.SIZE
MOST_VACANT = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of requisitions is narrowed to; empty values narrow nothing."""

    state: RequisitionState | None = None
    agency_id: str = ""
    text: str = ""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps a list to the agencies in which the actor may read requisitions."""
    return scope.within(Requisition.agency_id, actor, READ)


def get_requisition(
    session: Session, requisition_id: str, actor: Actor, *, lock: bool = False
) -> Requisition:
    """Give a requisition with its agency, people and positions; NotFound outside the actor's agencies."""
    query = (
        select(Requisition)
        .where(Requisition.id == requisition_id, visible_to(actor))
        .options(
            selectinload(Requisition.agency),
            selectinload(Requisition.creator),
            selectinload(Requisition.decider),
            selectinload(Requisition.entries).joinedload(RequisitionPosition.position),
        )
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("There is no such requisition.")
    return found


def list_requisitions(
    session: Session, actor: Actor, filters: Filters, *, cursor: str = "", size: int = PAGE
) -> keyset.Page[Requisition]:
    """List a page of requisitions with agency, author and positions, newest first."""
    query = (
        select(Requisition)
        .where(visible_to(actor), *_conditions(filters))
        .options(
            joinedload(Requisition.agency),
            joinedload(Requisition.creator),
            selectinload(Requisition.entries),
        )
    )
    return keyset.fetch(session, query, (Requisition.id,), is_descending=True, cursor=cursor, size=size)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.state:
        conditions.append(Requisition.state == filters.state)
    if filters.agency_id:
        conditions.append(Requisition.agency_id == filters.agency_id)
    if filters.text:
        text = filters.text.lower()
        title, number = func.lower(Requisition.title), func.lower(Requisition.number)
        conditions.append(or_(title.contains(text, autoescape=True), number.contains(text, autoescape=True)))
    return conditions


def count_by_state(session: Session, actor: Actor) -> dict[RequisitionState, int]:
    """Count the requisitions that the actor may see, by state."""
    rows = session.execute(
        select(Requisition.state, func.count()).where(visible_to(actor)).group_by(Requisition.state)
    )
    counts: dict[RequisitionState, int] = dict(rows.all())
    return {state: counts.get(state, 0) for state in RequisitionState}


def list_vacant(session: Session, *, agency_id: str, class_code: str = "", keep: str = "") -> list[Position]:
    """List an agency's vacant positions that stand in no live requisition, by class and number.

    Positions of the requisition `keep` are listed too, so that a draft can be edited.
    """
    taken = exists().where(
        RequisitionPosition.position_id == Position.id,
        RequisitionPosition.is_live,
        RequisitionPosition.requisition_id != keep,
    )
    query = select(Position).where(
        Position.agency_id == agency_id,
        Position.state == PositionState.ACTIVE,
        Position.incumbent_id.is_(None),
        ~taken,
    )
    if class_code:
        query = query.where(Position.class_code == class_code)
    return list(
        session.scalars(query.order_by(Position.class_code, Position.number, Position.id).limit(MOST_VACANT))
    )


def load_chosen(session: Session, position_ids: Collection[str]) -> list[Chosen]:
    """Load what the rules need to know of the positions, locked so that they stay vacant."""
    rows = session.scalars(
        select(Position).where(Position.id.in_(position_ids)).order_by(Position.number).with_for_update()
    )
    return [
        Chosen(
            row.id,
            row.number,
            row.agency_id,
            row.class_code,
            row.incumbent_id is None and row.state is PositionState.ACTIVE,
        )
        for row in rows
    ]


def list_taken(session: Session, position_ids: Collection[str], *, apart_from: str = "") -> frozenset[str]:
    """Give which of the positions stand in a live requisition other than `apart_from`."""
    return frozenset(
        session.scalars(
            select(RequisitionPosition.position_id).where(
                RequisitionPosition.position_id.in_(position_ids),
                RequisitionPosition.is_live,
                RequisitionPosition.requisition_id != apart_from,
            )
        )
    )


def find_live_entry(session: Session, position_id: str) -> RequisitionPosition | None:
    """Find the live entry of a position, locked, or None."""
    return session.scalar(
        select(RequisitionPosition)
        .where(RequisitionPosition.position_id == position_id, RequisitionPosition.is_live)
        .with_for_update()
    )


def get_entry(session: Session, requisition_id: str, position_id: str) -> RequisitionPosition:
    """Give the entry of a position in a requisition, locked, with the position; or raise NotFound."""
    found = session.scalar(
        select(RequisitionPosition)
        .where(
            RequisitionPosition.requisition_id == requisition_id,
            RequisitionPosition.position_id == position_id,
        )
        .options(joinedload(RequisitionPosition.position))
        .with_for_update(of=RequisitionPosition)
    )
    if found is None:
        raise NotFound("This position does not stand in the requisition.")
    return found


def say_who_asks_for(session: Session, position_id: str) -> str | None:
    """Say why a position must stay: a live requisition asks for it; None when none does."""
    entry = find_live_entry(session, position_id)
    return "A requisition asks for this position. Cancel the requisition first." if entry else None


def list_events(session: Session, requisition_id: str) -> list[AuditEvent]:
    """List what happened to a requisition, oldest first."""
    return list(
        session.scalars(
            select(AuditEvent).where(AuditEvent.subject == requisition_id).order_by(AuditEvent.index)
        )
    )
