"""Reading appeals and what they are against."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from app.exams.appeals.models import Appeal
from app.exams.appeals.states import AppealState, Subject
from app.exams.examinations.models import Candidate
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting
from app.recruitment.screening.models import Outcome, ScreeningOutcome

READ = "exams.appeals.list_staff"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps appeals to the agencies in which the actor may read them."""
    return scope.within(Appeal.agency_id, actor, READ)


def get_own_application(session: Session, application_id: str, actor: Actor) -> Application:
    """Give the actor's own application with posting and agency, or raise NotFound."""
    found = session.scalar(
        select(Application)
        .where(Application.id == application_id, Application.account_id == actor.id)
        .options(joinedload(Application.posting).joinedload(Posting.agency))
    )
    if found is None:
        raise NotFound(say("There is no such application."))
    return found


def find_decided_at(session: Session, application_id: str, subject: Subject) -> dt.datetime | None:
    """Give when the decision was made that may be appealed against; None while there is none."""
    if subject is Subject.ELIGIBILITY:
        return session.scalar(
            select(ScreeningOutcome.decided_at).where(
                ScreeningOutcome.application_id == application_id,
                ScreeningOutcome.outcome == Outcome.INELIGIBLE,
            )
        )
    return session.scalar(
        select(MeritList.published_at)
        .join(Candidate, Candidate.examination_id == MeritList.examination_id)
        .where(Candidate.application_id == application_id, MeritList.state == ListState.PUBLISHED)
    )


def list_involved(session: Session, appeal: Appeal) -> list[str | None]:
    """List who took part in the decision that an appeal is against."""
    if appeal.subject is Subject.ELIGIBILITY:
        query = select(ScreeningOutcome.decided_by).where(
            ScreeningOutcome.application_id == appeal.application_id
        )
        return list(session.scalars(query))
    row = session.execute(
        select(MeritList.drafted_by, MeritList.approved_by, MeritList.published_by)
        .join(Candidate, Candidate.examination_id == MeritList.examination_id)
        .where(Candidate.application_id == appeal.application_id, MeritList.state == ListState.PUBLISHED)
    ).first()
    return list(row or ())


def list_own(session: Session, application_id: str) -> list[Appeal]:
    """List the appeals about an application, newest first."""
    query = (
        select(Appeal)
        .where(Appeal.application_id == application_id)
        .order_by(Appeal.filed_at.desc(), Appeal.id.desc())
    )
    return list(session.scalars(query))


def list_filed(session: Session, application_id: str) -> list[tuple[Subject, AppealState, dt.datetime]]:
    """List subject, state and moment of each appeal about an application."""
    return [(appeal.subject, appeal.state, appeal.filed_at) for appeal in list_own(session, application_id)]


def get_own(session: Session, appeal_id: str, actor: Actor) -> Appeal:
    """Give the actor's own appeal, locked, or raise NotFound."""
    query = _whole().where(Appeal.id == appeal_id, Application.account_id == actor.id)
    return _one(session, query.with_for_update(of=Appeal))


def get_appeal(session: Session, appeal_id: str, actor: Actor, *, lock: bool = False) -> Appeal:
    """Give an appeal for the office; NotFound outside the actor's agencies."""
    query = _whole().where(Appeal.id == appeal_id, visible_to(actor))
    return _one(session, query.with_for_update(of=Appeal) if lock else query)


def list_staff(
    session: Session, actor: Actor, *, state: AppealState | None, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[Appeal]:
    """List a page of appeals, the oldest first, so that who waits longest stands on top."""
    query = _whole().where(visible_to(actor))
    if state is not None:
        query = query.where(Appeal.state == state)
    return keyset.fetch(session, query, (Appeal.filed_at, Appeal.id), cursor=cursor, size=size)


def _whole() -> Select[Appeal]:
    application = joinedload(Appeal.application)
    return (
        select(Appeal)
        .join(Appeal.application)
        .options(
            application.joinedload(Application.posting),
            application.joinedload(Application.account),
            joinedload(Appeal.agency),
            joinedload(Appeal.decider),
        )
    )


def _one(session: Session, query: Select[Appeal]) -> Appeal:
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("There is no such appeal."))
    return found
