"""Reading considerations."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.exams.considerations.models import Consideration
from app.exams.considerations.states import ConsiderationState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting

READ = "exams.considerations.list_staff"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps considerations to the agencies in which the actor may read them."""
    return scope.within(Consideration.agency_id, actor, READ)


def get_consideration(
    session: Session, consideration_id: str, actor: Actor, *, lock: bool = False
) -> Consideration:
    """Give a consideration with the person and the agency, or raise NotFound."""
    query = (
        select(Consideration)
        .where(Consideration.id == consideration_id, visible_to(actor))
        .options(
            joinedload(Consideration.application).joinedload(Application.posting),
            joinedload(Consideration.agency),
            joinedload(Consideration.proposer),
        )
    )
    found = session.scalar(query.with_for_update(of=Consideration) if lock else query)
    if found is None:
        raise NotFound("There is no such consideration.")
    return found


def get_application(session: Session, application_id: str, actor: Actor) -> Application:
    """Give an application to an agency in which the actor may propose considerations, or raise NotFound."""
    found = session.scalar(
        select(Application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Application.id == application_id, scope.within(Posting.agency_id, actor, READ))
        .options(joinedload(Application.posting).joinedload(Posting.agency))
    )
    if found is None:
        raise NotFound("There is no such application.")
    return found


def list_staff(
    session: Session, actor: Actor, *, state: ConsiderationState | None, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[Consideration]:
    """List considerations, the oldest first."""
    query = (
        select(Consideration)
        .where(visible_to(actor))
        .options(
            joinedload(Consideration.application),
            joinedload(Consideration.agency),
            joinedload(Consideration.proposer),
        )
    )
    if state is not None:
        query = query.where(Consideration.state == state)
    keys = (Consideration.proposed_at, Consideration.id)
    return keyset.fetch(session, query, keys, cursor=cursor, size=size)


def list_owed(session: Session, *, agency_id: str, class_code: str) -> list[Consideration]:
    """List what is owed for vacancies of a class in an agency, the oldest first, with the people."""
    query = (
        select(Consideration)
        .where(
            Consideration.agency_id == agency_id,
            Consideration.class_code == class_code,
            Consideration.state == ConsiderationState.OWED,
        )
        .options(joinedload(Consideration.application))
        .order_by(Consideration.decided_at, Consideration.id)
    )
    return list(session.scalars(query))
