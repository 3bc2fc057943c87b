"""Reading what objections cost and how their fees stand."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams.examinations.models import Candidate, Examination
from app.exams.objection_fees.models import ObjectionFee, ObjectionTerms
from app.exams.objections.models import Objection
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application

READ = "exams.objection_fees.list_staff"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps fees to the agencies in which the actor may read them."""
    return scope.within(Examination.agency_id, actor, READ)


def find_terms(session: Session, examination_id: str) -> ObjectionTerms | None:
    """Find what an objection to this examination's key costs; None where it is free."""
    return session.get(ObjectionTerms, examination_id)


def load_own(session: Session, candidate_id: str) -> dict[str, ObjectionFee]:
    """Load the fees of a candidate's objections, by objection."""
    query = select(ObjectionFee).join(Objection, Objection.id == ObjectionFee.objection_id)
    fees = session.scalars(query.where(Objection.candidate_id == candidate_id))
    return {fee.objection_id: fee for fee in fees}


def get_fee(
    session: Session, objection_id: str, actor: Actor, *, lock: bool = False
) -> tuple[ObjectionFee, Objection]:
    """Give a fee with its entries and its objection; NotFound outside the actor's agencies."""
    query = (
        select(ObjectionFee, Objection)
        .join(Objection, Objection.id == ObjectionFee.objection_id)
        .join(Examination, Examination.id == Objection.examination_id)
        .where(ObjectionFee.objection_id == objection_id, visible_to(actor))
        .options(
            selectinload(ObjectionFee.entries),
            joinedload(Objection.candidate).joinedload(Candidate.application).joinedload(Application.account),
            joinedload(Objection.examination).joinedload(Examination.agency),
        )
    )
    if lock:
        query = query.with_for_update(of=ObjectionFee)
    found = session.execute(query).first()
    if found is None:
        raise NotFound("There is no such fee.")
    return found[0], found[1]


def list_fees(session: Session, examination_id: str, *, cursor: str) -> keyset.Page[ObjectionFee]:
    """List a page of the fees of an examination's objections, by slip number."""
    query = (
        select(ObjectionFee)
        .join(Objection, Objection.id == ObjectionFee.objection_id)
        .where(Objection.examination_id == examination_id)
    )
    return keyset.fetch(session, query, (ObjectionFee.slip_number,), cursor=cursor)
