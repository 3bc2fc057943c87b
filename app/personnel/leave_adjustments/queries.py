"""Reading corrections of ledgers."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.leave_adjustments.models import LeaveAdjustment
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.leave_adjustments.show"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on corrections of agencies in which the actor may read them."""
    return scope.within(LeaveAdjustment.agency_id, actor, READ)


def get_adjustment(
    session: Session, adjustment_id: str, actor: Actor, *, lock: bool = False
) -> LeaveAdjustment:
    """Give a correction with its people, or raise NotFound."""
    query = (
        select(LeaveAdjustment)
        .where(LeaveAdjustment.id == adjustment_id, visible_to(actor))
        .options(
            joinedload(LeaveAdjustment.employee),
            joinedload(LeaveAdjustment.agency),
            joinedload(LeaveAdjustment.proposer),
            joinedload(LeaveAdjustment.decider),
        )
    )
    if lock:
        query = query.with_for_update(of=LeaveAdjustment).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such correction.")
    return found


def list_adjustments(session: Session, actor: Actor, *, cursor: str = "") -> keyset.Page[LeaveAdjustment]:
    """List a page of corrections with their people, the latest first."""
    found = (
        select(LeaveAdjustment)
        .where(visible_to(actor))
        .options(joinedload(LeaveAdjustment.employee), joinedload(LeaveAdjustment.proposer))
    )
    order = (LeaveAdjustment.proposed_at, LeaveAdjustment.id)
    return keyset.fetch(session, found, order, is_descending=True, cursor=cursor)
