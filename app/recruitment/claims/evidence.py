"""The papers that prove an application's claims; a claim's first one stands in its own row too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.recruitment.applications.models import ApplicationClaim, ApplicationDocument
from app.recruitment.claims.models import ClaimEvidence


def load_evidence(session: Session, claim_ids: Collection[str]) -> dict[str, list[ApplicationDocument]]:
    """Map each claim to its papers that were not removed, in the order in which they were added."""
    found: dict[str, list[ApplicationDocument]] = {claim_id: [] for claim_id in claim_ids}
    query = (
        select(ClaimEvidence.claim_id, ApplicationDocument)
        .join(ApplicationDocument, ApplicationDocument.id == ClaimEvidence.document_id)
        .where(ClaimEvidence.claim_id.in_(claim_ids), ApplicationDocument.removed_at.is_(None))
        .order_by(ClaimEvidence.added_at, ApplicationDocument.id)
    )
    for claim_id, document in session.execute(query):
        found[claim_id].append(document)
    return found


def is_evidence(session: Session, document_id: str) -> bool:
    """Tell whether a document is to prove a claim."""
    query = select(ClaimEvidence.claim_id).where(ClaimEvidence.document_id == document_id).limit(1)
    return session.scalar(query) is not None


def add_evidence(
    session: Session, claim: ApplicationClaim, document: ApplicationDocument, at: dt.datetime
) -> bool:
    """Let a document prove a claim; False when it does already."""
    if session.get(ClaimEvidence, (claim.id, document.id)) is not None:
        return False
    session.add(ClaimEvidence(claim_id=claim.id, document_id=document.id, added_at=at))
    if claim.document_id is None:
        claim.document_id = document.id
    session.flush()
    return True


def take_away(session: Session, claims: Iterable[ApplicationClaim], document_id: str) -> None:
    """Let a document that is removed prove nothing any more; the next paper of a claim becomes its first."""
    session.execute(delete(ClaimEvidence).where(ClaimEvidence.document_id == document_id))
    for claim in claims:
        if claim.document_id == document_id:
            rest = load_evidence(session, [claim.id])[claim.id]
            claim.document_id = rest[0].id if rest else None
    session.flush()


def copy_evidence(session: Session, claims: Mapping[str, str], documents: Mapping[str, str]) -> None:
    """Give copied claims the copies of their papers; both maps lead from the old ids to the new."""
    query = select(ClaimEvidence).where(ClaimEvidence.claim_id.in_(claims))
    for row in session.scalars(query).all():
        if row.document_id in documents:
            copied = ClaimEvidence(
                claim_id=claims[row.claim_id],
                document_id=documents[row.document_id],
                added_at=row.added_at,
            )
            session.add(copied)
    session.flush()


def move_evidence(session: Session, *, from_claim: str, to_claim: str) -> None:
    """Let one claim's papers prove another one, in place of what proved that."""
    session.execute(delete(ClaimEvidence).where(ClaimEvidence.claim_id == to_claim))
    session.execute(
        update(ClaimEvidence).where(ClaimEvidence.claim_id == from_claim).values(claim_id=to_claim)
    )
