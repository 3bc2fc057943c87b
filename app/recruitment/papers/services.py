"""Keeping and removing a person's own papers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.documents.rules import CheckedFile
from app.recruitment.papers import queries
from app.recruitment.papers.models import Paper
from app.recruitment.scanning.services import note_verdict

MOST_PAPERS = 50


def add_paper(
    session: Session,
    *,
    kind: str,
    checked: CheckedFile,
    digest: str,
    expires_on: dt.date | None,
    actor: Actor,
    at: dt.datetime,
) -> Paper:
    """Add a stored file to the actor's papers; the same file of the same kind is kept once."""
    own = str(actor.id)
    kept = queries.list_papers(session, own)
    for paper in kept:
        if (paper.kind, paper.digest) == (kind, digest):
            paper.expires_on = expires_on or paper.expires_on
            return paper
    if len(kept) >= MOST_PAPERS:
        raise Conflict(say("You can keep %(count)s documents at most. Remove one first.", count=MOST_PAPERS))
    paper = Paper(
        id=new_id("ppr"),
        account_id=own,
        kind=kind,
        filename=checked.filename,
        media_type=checked.media_type,
        size=len(checked.content),
        digest=digest,
        expires_on=expires_on,
        uploaded_at=at,
    )
    session.add(paper)
    note_verdict(session, digest=digest, verdict=checked.virus_check, at=at)
    session.flush()
    _record(session, "add", paper, actor, at)
    return paper


def remove_paper(session: Session, *, paper_id: str, actor: Actor, at: dt.datetime) -> Paper:
    """Take a paper out of the profile; applications that have it keep theirs."""
    paper = queries.get_paper(session, paper_id, str(actor.id))
    paper.removed_at = at
    session.flush()
    _record(session, "remove", paper, actor, at)
    return paper


def _record(session: Session, verb: str, paper: Paper, actor: Actor, at: dt.datetime) -> None:
    audit.record(
        session,
        f"recruitment.papers.{verb}",
        actor=actor,
        at=at,
        subject=paper.account_id,
        paper=paper.id,
        kind=paper.kind,
    )
