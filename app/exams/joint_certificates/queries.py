"""Reading joint requests, and the lists in force that serve a class at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams.certificates.models import Certificate
from app.exams.certificates.queries import load_gone
from app.exams.examinations.models import Candidate, Examination
from app.exams.joint_certificates.models import JointPart, JointRequest
from app.exams.joint_certificates.rules import Source
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.platform import clock, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting

READ = "exams.joint_certificates.show"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps requests to the agencies in which the actor may read them."""
    return scope.within(JointRequest.agency_id, actor, READ)


def get_joint(session: Session, joint_id: str, actor: Actor) -> JointRequest:
    """Give a request with its certificates in the order of their lists, or raise NotFound."""
    found = session.scalar(
        select(JointRequest)
        .where(JointRequest.id == joint_id, visible_to(actor))
        .options(
            joinedload(JointRequest.agency),
            joinedload(JointRequest.asker),
            joinedload(JointRequest.requisition),
            selectinload(JointRequest.parts)
            .joinedload(JointPart.certificate)
            .joinedload(Certificate.merit_list)
            .joinedload(MeritList.examination)
            .joinedload(Examination.posting),
        )
    )
    if found is None:
        raise NotFound("There is no such request.")
    return found


def find_part(session: Session, certificate_id: str) -> JointPart | None:
    """Find the place of a certificate in a joint request."""
    return session.get(JointPart, certificate_id)


def load_elsewhere(session: Session, certificate_id: str) -> list[str]:
    """Load the candidate numbers whose people are considered on an earlier list of the same request."""
    part = session.get(JointPart, certificate_id)
    return list(part.elsewhere) if part else []


def load_sources(session: Session, agency_id: str, class_code: str, at: dt.datetime) -> list[Source]:
    """Load the lists that were in force for a class at a moment, with who could be considered then."""
    query = (
        select(MeritList)
        .join(Examination, Examination.id == MeritList.examination_id)
        .join(Posting, Posting.id == Examination.posting_id)
        .where(
            MeritList.agency_id == agency_id,
            Posting.class_code == class_code,
            MeritList.published_at <= at,
            or_(MeritList.superseded_at.is_(None), MeritList.superseded_at > at),
        )
        .options(
            joinedload(MeritList.examination).options(
                joinedload(Examination.posting), joinedload(Examination.agency)
            )
        )
        .order_by(MeritList.id)
    )
    return [
        _source(session, merit_list, at) for merit_list in session.scalars(query) if _lives(merit_list, at)
    ]


def load_lists(session: Session, list_ids: Sequence[str]) -> dict[str, MeritList]:
    """Map ids to lists, with examination and posting."""
    query = (
        select(MeritList)
        .where(MeritList.id.in_(list_ids))
        .options(joinedload(MeritList.examination).joinedload(Examination.posting))
    )
    return {merit_list.id: merit_list for merit_list in session.scalars(query)}


def _lives(merit_list: MeritList, at: dt.datetime) -> bool:
    today = clock.local_date(at, merit_list.examination.agency.time_zone)
    return merit_list.expires_on is None or today <= merit_list.expires_on


def _source(session: Session, merit_list: MeritList, at: dt.datetime) -> Source:
    gone = load_gone(session, merit_list.id, merit_list.examination_id)
    rows = session.execute(
        select(Candidate.number, Application.account_id)
        .join(MeritListEntry, MeritListEntry.candidate_id == Candidate.id)
        .join(Application, Application.id == MeritListEntry.application_id)
        .where(MeritListEntry.list_id == merit_list.id, MeritListEntry.is_passed)
        .order_by(MeritListEntry.place)
    )
    people = {number: account for number, account in rows if number not in gone or gone[number] > at}
    examination = merit_list.examination
    since = merit_list.published_at or at
    return Source(merit_list.id, examination.rulebook, examination.posting.audience, since, people)
