"""Reading drafts: what a step needs and no more, and what a new one may begin with."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting

MOST_SOURCES = 20


def get_frame(session: Session, application_id: str, actor: Actor) -> Application:
    """Give the actor's own application as a step shows it: its sections and what its posting asks.

    Documents and claims are not loaded: few steps show them.
    """
    query = (
        select(Application)
        .where(Application.id == application_id, Application.account_id == actor.id)
        .options(
            joinedload(Application.posting).options(
                joinedload(Posting.agency),
                joinedload(Posting.fee),
                selectinload(Posting.criteria),
                selectinload(Posting.questions),
            ),
            selectinload(Application.sections),
        )
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("There is no such application."))
    return found


def list_to_copy_from(session: Session, posting_id: str, actor: Actor) -> list[Application]:
    """List the person's other applications that hold something, newest first."""
    query = (
        select(Application)
        .where(
            Application.account_id == actor.id,
            Application.posting_id != posting_id,
            Application.changes_id.is_(None),
            Application.sections.any(),
        )
        .options(joinedload(Application.posting))
        .order_by(Application.started_at.desc(), Application.id.desc())
        .limit(MOST_SOURCES)
    )
    return list(session.scalars(query))
