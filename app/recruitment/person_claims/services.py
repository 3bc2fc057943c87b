"""What a person claims: made once, proved by papers, ended when it no longer holds."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.applications.kinds import CLAIMS
from app.recruitment.documents.rules import CheckedFile
from app.recruitment.papers.models import Paper
from app.recruitment.papers.queries import get_paper
from app.recruitment.papers.services import add_paper
from app.recruitment.person_claims import queries
from app.recruitment.person_claims.models import PersonClaim, PersonClaimPaper


def make_claim(session: Session, *, kind: str, actor: Actor, at: dt.datetime) -> PersonClaim:
    """Claim something, once a kind; a claim that was ended is taken up again."""
    if kind not in CLAIMS:
        raise Invalid(kind=say("Select one of the choices on the page."))
    claim = queries.find_claim(session, str(actor.id), kind)
    if claim is not None and claim.ended_at is None:
        return claim
    if claim is None:
        claim = PersonClaim(id=new_id("pcl"), account_id=str(actor.id), kind=kind, made_at=at)
        session.add(claim)
    claim.ended_at = None
    session.flush()
    _record(session, "make", claim, actor, at)
    return claim


def end_claim(session: Session, *, kind: str, actor: Actor, at: dt.datetime) -> PersonClaim:
    """Claim something no longer; applications that were submitted keep what they claimed."""
    claim = queries.get_claim(session, str(actor.id), kind)
    claim.ended_at = at
    session.flush()
    _record(session, "end", claim, actor, at)
    return claim


def prove(session: Session, *, kind: str, paper_id: str, actor: Actor, at: dt.datetime) -> Paper:
    """Let one of the person's papers prove a claim, which is made where it was not yet."""
    claim = make_claim(session, kind=kind, actor=actor, at=at)
    paper = get_paper(session, paper_id, str(actor.id))
    if session.get(PersonClaimPaper, (claim.id, paper.id)) is None:
        session.add(PersonClaimPaper(claim_id=claim.id, paper_id=paper.id))
        session.flush()
        session.expire(claim, ["papers"])
        _record(session, "prove", claim, actor, at, paper=paper.id)
    return paper


def prove_by_file(
    session: Session,
    *,
    kind: str,
    checked: CheckedFile,
    digest: str,
    expires_on: dt.date | None,
    actor: Actor,
    at: dt.datetime,
) -> Paper:
    """Add a stored file to the person's papers and let it prove a claim."""
    paper = add_paper(
        session, kind="evidence", checked=checked, digest=digest, expires_on=expires_on, actor=actor, at=at
    )
    return prove(session, kind=kind, paper_id=paper.id, actor=actor, at=at)


def take_away(session: Session, *, kind: str, paper_id: str, actor: Actor, at: dt.datetime) -> PersonClaim:
    """Take a paper away from a claim; it stays among the person's papers."""
    claim = queries.get_claim(session, str(actor.id), kind)
    session.execute(
        delete(PersonClaimPaper).where(
            PersonClaimPaper.claim_id == claim.id, PersonClaimPaper.paper_id == paper_id
        )
    )
    session.expire(claim, ["papers"])
    _record(session, "take_away", claim, actor, at, paper=paper_id)
    return claim


def _record(
    session: Session, verb: str, claim: PersonClaim, actor: Actor, at: dt.datetime, **details: str
) -> None:
    audit.record(
        session,
        f"recruitment.person_claims.{verb}",
        actor=actor,
        at=at,
        subject=claim.account_id,
        claim=claim.id,
        **details,
    )
