"""Keeping what an applicant says of their own will; it can be changed or taken back at any time."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.impact import queries
from app.exams.impact.models import VoluntaryAnswers
from app.platform import audit
from app.platform.actors import Actor


def answer(
    session: Session,
    *,
    application_id: str,
    sex: str,
    background: str,
    disability: str,
    actor: Actor,
    at: dt.datetime,
) -> str:
    """Keep the answers of an application; where all are empty nothing is kept. Gives the application's id.

    The ledger tells that somebody answered, not what.
    """
    application = queries.get_own_application(session, application_id, actor, lock=True)
    kept = queries.find_answers(session, application_id)
    if not (sex or background or disability):
        if kept is not None:
            session.delete(kept)
    else:
        kept = kept or VoluntaryAnswers(application_id=application_id)
        kept.sex, kept.background, kept.disability, kept.answered_at = sex, background, disability, at
        session.add(kept)
    session.flush()
    audit.record(
        session,
        "exams.impact.answer",
        actor=actor,
        at=at,
        subject=application.id,
        agency_id=application.posting.agency_id,
    )
    return application.id
