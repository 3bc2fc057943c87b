"""Reading requests for names, and from what they can be made."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from app.exams.certificates.queries import list_requisitions_to_fill
from app.exams.examinations.models import Examination
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.exams.name_requests.models import NameRequest
from app.exams.name_requests.states import RequestState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.requisitions.models import Requisition

READ = "exams.name_requests.list_staff"
ASK = "exams.name_requests.ask"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps requests to the agencies in which the actor may read them."""
    return scope.within(NameRequest.agency_id, actor, READ)


def get_request(session: Session, request_id: str, actor: Actor, *, lock: bool = False) -> NameRequest:
    """Give a request with requisition, list and asker, or raise NotFound."""
    query = (
        select(NameRequest)
        .where(NameRequest.id == request_id, visible_to(actor))
        .options(
            joinedload(NameRequest.agency),
            joinedload(NameRequest.requisition),
            joinedload(NameRequest.merit_list).joinedload(MeritList.examination),
            joinedload(NameRequest.asker),
            joinedload(NameRequest.certificate),
        )
    )
    found = session.scalar(query.with_for_update(of=NameRequest) if lock else query)
    if found is None:
        raise NotFound("There is no such request.")
    return found


def list_staff(
    session: Session, actor: Actor, *, state: RequestState | None, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[NameRequest]:
    """List requests, the oldest first."""
    query = (
        select(NameRequest)
        .where(visible_to(actor))
        .options(
            joinedload(NameRequest.agency),
            joinedload(NameRequest.requisition),
            joinedload(NameRequest.asker),
        )
    )
    if state is not None:
        query = query.where(NameRequest.state == state)
    return keyset.fetch(session, query, (NameRequest.asked_at, NameRequest.id), cursor=cursor, size=size)


def list_in_force(session: Session, actor: Actor, today: dt.date) -> list[MeritList]:
    """List the lists in force in agencies for which the actor may ask, with examination and posting."""
    query = (
        select(MeritList)
        .where(
            MeritList.state == ListState.PUBLISHED,
            or_(MeritList.expires_on.is_(None), MeritList.expires_on >= today),
            scope.within(MeritList.agency_id, actor, ASK),
        )
        .options(joinedload(MeritList.examination).joinedload(Examination.posting))
        .order_by(MeritList.published_at.desc(), MeritList.id)
        .limit(100)
    )
    return list(session.scalars(query))


def get_in_force(session: Session, list_id: str, actor: Actor) -> MeritList:
    """Give a published list of an agency for which the actor may ask, or raise NotFound."""
    found = session.scalar(
        select(MeritList)
        .where(
            MeritList.id == list_id,
            MeritList.state == ListState.PUBLISHED,
            scope.within(MeritList.agency_id, actor, ASK),
        )
        .options(joinedload(MeritList.examination).joinedload(Examination.posting))
    )
    if found is None:
        raise NotFound("There is no such list in force.")
    return found


def list_to_fill(session: Session, merit_list: MeritList) -> list[Requisition]:
    """List approved requisitions that names of a loaded list may fill, by number."""
    class_code = merit_list.examination.posting.class_code
    return list_requisitions_to_fill(session, agency_id=merit_list.agency_id, class_code=class_code)
