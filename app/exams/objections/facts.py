"""What the page of an application says of a released key."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.examinations.models import Candidate
from app.exams.objections.models import KeyRelease
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind


def released_key(session: Session, application: Application) -> list[Fact]:
    """Tell where the own answers stand beside the key, and until when to object."""
    release = session.scalar(
        select(KeyRelease)
        .join(Candidate, Candidate.examination_id == KeyRelease.examination_id)
        .where(Candidate.application_id == application.id)
    )
    if release is None:
        return []
    path = f"/my/applications/{application.id}/sheet"
    return [
        Fact(FactKind.EVENT, say("The key was released"), at=release.released_at, path=path),
        Fact(FactKind.DAY, say("Last moment to object to the key"), at=release.closes_at, path=path),
    ]


facts.add(released_key)
