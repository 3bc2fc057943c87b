"""Reading what a person claims."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.kinds import in_order
from app.recruitment.papers.models import Paper
from app.recruitment.person_claims.models import PersonClaim


def list_claims(session: Session, account_id: str) -> list[PersonClaim]:
    """List a person's claims with their papers, in the order of the kinds on the page."""
    query = (
        select(PersonClaim)
        .where(PersonClaim.account_id == account_id, PersonClaim.ended_at.is_(None))
        .options(selectinload(PersonClaim.papers))
    )
    claims = {claim.kind: claim for claim in session.scalars(query)}
    return [claims[kind] for kind in in_order(claims)]


def find_claim(session: Session, account_id: str, kind: str) -> PersonClaim | None:
    """Find a person's claim of a kind, ended or not, with its papers."""
    query = (
        select(PersonClaim)
        .where(PersonClaim.account_id == account_id, PersonClaim.kind == kind)
        .options(selectinload(PersonClaim.papers))
        .execution_options(populate_existing=True)
    )
    return session.scalar(query)


def get_claim(session: Session, account_id: str, kind: str) -> PersonClaim:
    """Give a claim that the person makes, or raise NotFound."""
    claim = find_claim(session, account_id, kind)
    if claim is None or claim.ended_at is not None:
        raise NotFound(say("You do not claim this."))
    return claim


def live_papers(claim: PersonClaim) -> list[Paper]:
    """Give the papers of a claim that were not removed."""
    return [paper for paper in claim.papers if paper.removed_at is None]
