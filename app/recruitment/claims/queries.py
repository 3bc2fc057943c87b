"""Reading claims: those that wait for an officer, a person's own, and what was found of them before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from app.accounts.models import Account
from app.platform.actors import Actor
from app.recruitment.applications.models import (
    Application,
    ApplicationClaim,
    ApplicationDocument,
    ClaimDecision,
)
from app.recruitment.applications.queries import visible_to
from app.recruitment.applications.states import ClaimState, Submission
from app.recruitment.claims.evidence import load_evidence
from app.recruitment.claims.models import ClaimAppeal, ClaimClosing, ClaimEvidence
from app.recruitment.postings.models import Posting

PAGE = 50


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision by which the same agency verified the same claim of the same person before."""

    decision: ClaimDecision
    posting_title: str
    officer: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim as the office sees it: the papers, why it waits, and what was found before."""

    claim: ApplicationClaim
    application: Application
    evidence: list[ApplicationDocument] = field(default_factory=list)
    appeal: ClaimAppeal | None = None
    earlier: Earlier | None = None
    since: dt.datetime | None = None


def _in_agencies(actor: Actor, permission: str) -> ColumnElement[bool]:
    agencies = actor.agencies(permission)
    if agencies is None:
        return true()
    return Posting.agency_id.in_(agencies) if agencies else false()


def _is_latest(version: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Give the condition that a version is that of the last decision on a claim."""
    latest = select(func.max(ClaimDecision.version)).where(ClaimDecision.claim_id == ApplicationClaim.id)
    return version == latest.correlate(ApplicationClaim).scalar_subquery()


def _is_appealed() -> ColumnElement[bool]:
    """Give the condition that the last decision on a claim is appealed against."""
    appeal = select(ClaimAppeal.id).where(
        ClaimAppeal.claim_id == ApplicationClaim.id, _is_latest(ClaimAppeal.version)
    )
    return appeal.correlate(ApplicationClaim).exists()


def _has_new_evidence() -> ColumnElement[bool]:
    return exists().where(
        ClaimEvidence.claim_id == ApplicationClaim.id, ClaimEvidence.added_at > ApplicationClaim.decided_at
    )


def waits() -> ColumnElement[bool]:
    """Give the condition on claims, joined to their applications, that an officer has something to decide."""
    again = and_(ApplicationClaim.state == ClaimState.REFUSED, or_(_is_appealed(), _has_new_evidence()))
    return and_(
        Application.submission == Submission.SUBMITTED,
        or_(ApplicationClaim.state == ClaimState.CLAIMED, again),
    )


def list_waiting(
    session: Session, actor: Actor, permission: str, today: dt.date, *, skip: int = 0, size: int = PAGE
) -> list[Waiting]:
    """List what waits in the actor's agencies, first received first: a page, after those to skip."""
    query = (
        select(ApplicationClaim)
        .join(ApplicationClaim.application)
        .join(Application.posting)
        .where(waits(), visible_to(actor), _in_agencies(actor, permission))
        .options(
            joinedload(ApplicationClaim.application)
            .joinedload(Application.posting)
            .joinedload(Posting.agency)
        )
        .order_by(Application.submitted_at, ApplicationClaim.id)
        .offset(skip)
        .limit(size)
    )
    return describe(session, [(claim, claim.application) for claim in session.scalars(query)], today)


def describe(
    session: Session, claims: Sequence[tuple[ApplicationClaim, Application]], today: dt.date
) -> list[Waiting]:
    """Give claims, each beside its application with posting, with papers, appeals and earlier findings."""
    ids = [claim.id for claim, _application in claims]
    evidence, appeals = load_evidence(session, ids), _load_appeals(session, ids)
    earlier = _load_earlier(session, claims, today)
    return [
        Waiting(
            claim,
            application,
            evidence[claim.id],
            appeals.get(claim.id),
            earlier.get(claim.id),
            _since(claim, application, evidence[claim.id], appeals.get(claim.id)),
        )
        for claim, application in claims
    ]


def _since(
    claim: ApplicationClaim,
    application: Application,
    evidence: Sequence[ApplicationDocument],
    appeal: ClaimAppeal | None,
) -> dt.datetime | None:
    if claim.state is ClaimState.CLAIMED:
        return application.submitted_at
    if appeal is not None:
        return appeal.made_at
    return max((document.uploaded_at for document in evidence), default=claim.decided_at)


def _load_appeals(session: Session, claim_ids: Collection[str]) -> dict[str, ClaimAppeal]:
    """Map each claim to the appeal against its last decision."""
    query = (
        select(ClaimAppeal)
        .join(ApplicationClaim, ApplicationClaim.id == ClaimAppeal.claim_id)
        .where(ClaimAppeal.claim_id.in_(claim_ids), _is_latest(ClaimAppeal.version))
        .order_by(ClaimAppeal.version)
    )
    return {appeal.claim_id: appeal for appeal in session.scalars(query)}


def _load_earlier(
    session: Session, claims: Sequence[tuple[ApplicationClaim, Application]], today: dt.date
) -> dict[str, Earlier]:
    """Map claims to the last decision that verified the same of the same person in the same agency."""
    people = {application.account_id for _claim, application in claims}
    query = (
        select(ClaimDecision, ApplicationClaim, Application.account_id, Posting, Account.name)
        .join(ApplicationClaim, ApplicationClaim.id == ClaimDecision.claim_id)
        .join(Application, Application.id == ApplicationClaim.application_id)
        .join(Posting, Posting.id == Application.posting_id)
        .join(Account, Account.id == ClaimDecision.decided_by)
        .where(
            Application.account_id.in_(people),
            ApplicationClaim.state == ClaimState.VERIFIED,
            ClaimDecision.state == ClaimState.VERIFIED,
            ClaimDecision.decided_at == ApplicationClaim.decided_at,
            or_(ClaimDecision.valid_until.is_(None), ClaimDecision.valid_until >= today),
        )
        .order_by(ClaimDecision.decided_at, ClaimDecision.id)
    )
    found = {
        (account_id, posting.agency_id, other.kind, other.id): Earlier(decision, posting.title, officer)
        for decision, other, account_id, posting, officer in session.execute(query)
    }
    earlier = {}
    for claim, application in claims:
        mine = (application.account_id, application.posting.agency_id, claim.kind)
        for (account_id, agency_id, kind, other_id), known in found.items():
            if (account_id, agency_id, kind) == mine and other_id != claim.id:
                earlier[claim.id] = known
    return earlier


def list_own(session: Session, account_id: str) -> list[ApplicationClaim]:
    """List the claims of a person's received applications, newest first, with posting and agency."""
    query = (
        select(ApplicationClaim)
        .join(ApplicationClaim.application)
        .where(Application.account_id == account_id, Application.number.is_not(None))
        .options(
            joinedload(ApplicationClaim.application)
            .joinedload(Application.posting)
            .joinedload(Posting.agency),
            selectinload(ApplicationClaim.decisions),
        )
        .order_by(Application.submitted_at.desc(), ApplicationClaim.id.desc())
    )
    return list(session.scalars(query))


def find_closing(session: Session, posting_id: str) -> ClaimClosing | None:
    """Find until when evidence is taken for a posting, where the office has set it."""
    return session.get(ClaimClosing, posting_id)


def load_closings(session: Session, posting_ids: Collection[str]) -> dict[str, dt.datetime]:
    """Map postings to the moment until which evidence is taken, where the office has set one."""
    query = select(ClaimClosing).where(ClaimClosing.posting_id.in_(posting_ids))
    return {row.posting_id: row.closes_at for row in session.scalars(query)}


def find_appeal(session: Session, claim_id: str, version: int) -> ClaimAppeal | None:
    """Find the appeal against one decision on a claim."""
    query = select(ClaimAppeal).where(ClaimAppeal.claim_id == claim_id, ClaimAppeal.version == version)
    return session.scalar(query)


def load_appealed(session: Session, claim_ids: Collection[str]) -> frozenset[str]:
    """Give the claims whose last decision is appealed against."""
    return frozenset(_load_appeals(session, claim_ids))
