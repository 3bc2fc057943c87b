"""Reading corrections of enrolments."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.enrolment_corrections.models import EnrolmentCorrection
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.enrolment_corrections.list_staff"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps corrections to the agencies in which the actor may read them."""
    return scope.within(EnrolmentCorrection.agency_id, actor, READ)


def get_correction(
    session: Session, correction_id: str, actor: Actor, *, lock: bool = False
) -> EnrolmentCorrection:
    """Give a correction with its people, or raise NotFound."""
    query = _with().where(EnrolmentCorrection.id == correction_id, visible_to(actor))
    if lock:
        query = query.with_for_update(of=EnrolmentCorrection).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such correction.")
    return found


def list_staff(session: Session, actor: Actor, *, cursor: str) -> keyset.Page[EnrolmentCorrection]:
    """List the corrections of the actor's agencies, the newest first."""
    keys = (EnrolmentCorrection.proposed_at, EnrolmentCorrection.id)
    return keyset.fetch(session, _with().where(visible_to(actor)), keys, is_descending=True, cursor=cursor)


def _with() -> Select[EnrolmentCorrection]:
    return select(EnrolmentCorrection).options(
        joinedload(EnrolmentCorrection.employee),
        joinedload(EnrolmentCorrection.agency),
        joinedload(EnrolmentCorrection.plan),
        joinedload(EnrolmentCorrection.proposer),
        joinedload(EnrolmentCorrection.decider),
    )
