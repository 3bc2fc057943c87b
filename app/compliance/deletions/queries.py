"""Reading requests for deletion: a person's own, and those that wait for an officer."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session, joinedload

from app.compliance.deletions.models import DeletionRequest, LegalHold
from app.compliance.deletions.states import OPEN, HoldState
from app.platform import keyset
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.errors import NotFound

READ = "compliance.deletions.list_staff"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on requests that the office may show: a person's data lies across all agencies."""
    return true() if actor.may(READ) and actor.agencies(READ) is None else false()


def find_own_open(session: Session, actor: Actor) -> DeletionRequest | None:
    """Find the actor's request that is not dealt with yet, or None."""
    query = select(DeletionRequest).where(
        DeletionRequest.account_id == actor.id, DeletionRequest.state.in_(OPEN)
    )
    return session.scalar(query)


def list_own(session: Session, actor: Actor) -> list[DeletionRequest]:
    """List the actor's requests, newest first."""
    query = (
        select(DeletionRequest)
        .where(DeletionRequest.account_id == actor.id)
        .order_by(DeletionRequest.asked_at.desc(), DeletionRequest.id.desc())
        .limit(20)
    )
    return list(session.scalars(query))


def get_request(session: Session, request_id: str, actor: Actor, *, lock: bool = False) -> DeletionRequest:
    """Give a request with the people in it that an officer may see, or raise NotFound."""
    return _one(session, (DeletionRequest.id == request_id) & visible_to(actor), lock)


def get_for_job(session: Session, request_id: str) -> DeletionRequest:
    """Give a request for the worker that carries it out, locked."""
    return _one(session, DeletionRequest.id == request_id, True)


def list_requests(
    session: Session, actor: Actor, *, is_open: bool, cursor: str = ""
) -> keyset.Page[DeletionRequest]:
    """List a page of requests: those that wait, oldest first, or those that are dealt with, newest first."""
    query = (
        select(DeletionRequest)
        .where(
            visible_to(actor),
            DeletionRequest.state.in_(OPEN) if is_open else DeletionRequest.state.not_in(OPEN),
        )
        .options(joinedload(DeletionRequest.account))
    )
    keys = [DeletionRequest.asked_at, DeletionRequest.id]
    return keyset.fetch(session, query, keys, is_descending=not is_open, cursor=cursor)


def list_holds(session: Session, account_id: str) -> list[LegalHold]:
    """List the holds on a person, those that stand first."""
    query = select(LegalHold).where(LegalHold.account_id == account_id).order_by(LegalHold.placed_at.desc())
    return sorted(session.scalars(query), key=lambda hold: hold.state is HoldState.RELEASED)


def get_hold(session: Session, hold_id: str, *, lock: bool = False) -> LegalHold:
    """Give a hold, or raise NotFound."""
    query = select(LegalHold).where(LegalHold.id == hold_id)
    hold = session.scalar(query.with_for_update() if lock else query)
    if hold is None:
        raise NotFound("There is no such hold.")
    return hold


def list_events(session: Session, request_id: str) -> list[AuditEvent]:
    """List what happened to a request, oldest first."""
    query = select(AuditEvent).where(AuditEvent.subject == request_id).order_by(AuditEvent.index)
    return list(session.scalars(query))


def _one(session: Session, condition: ColumnElement[bool], lock: bool) -> DeletionRequest:
    query = (
        select(DeletionRequest)
        .where(condition)
        .options(
            joinedload(DeletionRequest.account),
            joinedload(DeletionRequest.proposer),
            joinedload(DeletionRequest.decider),
        )
    )
    if lock:
        query = query.with_for_update(of=DeletionRequest)
    request = session.scalar(query)
    if request is None:
        raise NotFound("There is no such request.")
    return request
