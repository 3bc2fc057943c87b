"""Reading released keys and objections."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, joinedload

from app.exams.examinations.models import Candidate, Examination
from app.exams.objection_fees.models import ObjectionFee
from app.exams.objection_fees.states import SETTLED
from app.exams.objections.models import KeyRelease, Objection, ObjectionSubmission
from app.exams.objections.states import ObjectionState
from app.exams.responses.models import ResponseImport, ResponseSheet
from app.exams.responses.states import ImportState
from app.notices.models import Notice
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application

READ = "exams.objections.list_staff"
LETTER = "objections_answered"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps objections to the agencies in which the actor may read them."""
    return scope.within(Examination.agency_id, actor, READ)


def find_release(session: Session, examination_id: str) -> KeyRelease | None:
    """Find the release of an examination's key, with the key."""
    query = select(KeyRelease).where(KeyRelease.examination_id == examination_id)
    return session.scalar(query.options(joinedload(KeyRelease.key_version)))


def find_sheet(session: Session, candidate_id: str) -> ResponseSheet | None:
    """Find a candidate's answers in the file that counts."""
    query = (
        select(ResponseSheet)
        .join(ResponseImport, ResponseImport.id == ResponseSheet.import_id)
        .where(ResponseSheet.candidate_id == candidate_id, ResponseImport.state == ImportState.CURRENT)
    )
    return session.scalar(query)


def find_series(session: Session, candidate: Candidate) -> str:
    """Find the booklet or language version that a candidate sat; "" where there is one for all."""
    sheet = find_sheet(session, candidate.id)
    return sheet.series if sheet is not None else ""


def list_own(session: Session, candidate_id: str) -> dict[str, Objection]:
    """List a candidate's objections by item."""
    query = select(Objection).where(Objection.candidate_id == candidate_id)
    return {objection.item: objection for objection in session.scalars(query)}


def get_own(session: Session, objection_id: str, actor: Actor) -> Objection:
    """Give one of the actor's own objections, locked, or raise NotFound."""
    query = _whole().where(Objection.id == objection_id, Application.account_id == actor.id)
    return _one(session, query.with_for_update(of=Objection))


def get_objection(session: Session, objection_id: str, actor: Actor, *, lock: bool = False) -> Objection:
    """Give an objection for the office; NotFound outside the actor's agencies."""
    query = _whole().where(Objection.id == objection_id, visible_to(actor))
    return _one(session, query.with_for_update(of=Objection) if lock else query)


def load_submission(session: Session, submission_id: str) -> tuple[ObjectionSubmission, list[Objection]]:
    """Load what was sent at one time, locked, with its objections in the order of their items."""
    submission = session.get_one(ObjectionSubmission, submission_id, with_for_update=True)
    rows = session.scalars(_whole().where(Objection.submission_id == submission_id))
    return submission, sorted(rows, key=lambda row: (len(row.item), row.item))


def list_together(session: Session, objection: Objection) -> list[Objection]:
    """List the other objections that were sent at the same time, in the order of their items."""
    _, rows = load_submission(session, objection.submission_id)
    return [row for row in rows if row.id != objection.id]


def list_letters(session: Session, application_id: str) -> list[Notice]:
    """List the letters that answered objections of an application, the newest first."""
    query = (
        select(Notice)
        .where(Notice.subject == application_id, Notice.template == LETTER)
        .order_by(Notice.promised_at.desc(), Notice.id.desc())
    )
    return list(session.scalars(query))


def list_staff(session: Session, examination_id: str, *, item: str, cursor: str) -> keyset.Page[Objection]:
    """List a page of the objections to an examination's key, or to one item, by item."""
    query = _whole().where(
        Objection.examination_id == examination_id, Objection.state != ObjectionState.WITHDRAWN
    )
    if item:
        query = query.where(Objection.item == item)
    return keyset.fetch(session, query, (Objection.item, Objection.id), cursor=cursor)


def list_filed(session: Session, examination_id: str, item: str, series: str = "") -> list[Objection]:
    """List the objections to an item that wait for a decision and whose fee is out of the way, locked, by id.

    `series` narrows to one booklet or language version; "" takes all.
    """
    query = _whole().where(
        Objection.examination_id == examination_id,
        Objection.item == item,
        Objection.state == ObjectionState.FILED,
        is_settled(),
    )
    if series:
        query = query.where(Objection.series == series)
    return list(session.scalars(query.order_by(Objection.id).with_for_update(of=Objection)))


def is_settled() -> ColumnElement[bool]:
    """Give the condition on objections that no fee holds up."""
    held = exists().where(
        ObjectionFee.objection_id == Objection.id, ObjectionFee.state.not_in(sorted(SETTLED, key=str))
    )
    return ~held.correlate(Objection)


def _whole() -> Select[Objection]:
    return (
        select(Objection)
        .join(Objection.candidate)
        .join(Candidate.application)
        .join(Examination, Examination.id == Objection.examination_id)
        .options(
            joinedload(Objection.candidate).joinedload(Candidate.application).joinedload(Application.account),
            joinedload(Objection.examination).joinedload(Examination.agency),
        )
    )


def _one(session: Session, query: Select[Objection]) -> Objection:
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("There is no such objection."))
    return found
