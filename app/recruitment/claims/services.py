"""Claims to preference: made and proved by the applicant, decided by an officer with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound
from app.platform.ids import new_id
from app.recruitment.applications import queries
from app.recruitment.applications.kinds import in_order
from app.recruitment.applications.models import Application, ApplicationClaim, ClaimDecision
from app.recruitment.applications.states import ClaimState, Standing, Submission, move
from app.recruitment.claims.rules import check_kinds
from app.recruitment.documents.rules import CheckedFile
from app.recruitment.documents.services import add_document
from app.recruitment.drafts.services import get_draft, save_section


def save_claims(
    session: Session,
    *,
    application_id: str,
    kinds: Collection[str],
    actor: Actor,
    at: dt.datetime,
) -> Application:
    """Set which preference a draft claims; `kinds` holds "none" alone where it claims nothing."""
    wanted = check_kinds(kinds)
    application = get_draft(session, application_id, actor)
    held = {claim.kind: claim for claim in application.claims}
    for kind in held.keys() - wanted:
        application.claims.remove(held[kind])
        session.delete(held[kind])
    for kind in in_order(wanted - held.keys()):
        claim = ApplicationClaim(
            id=new_id("clm"), application_id=application_id, kind=kind, state=ClaimState.CLAIMED
        )
        session.add(claim)
    session.flush()
    return save_section(
        session,
        application_id=application_id,
        section="claims",
        data={"kinds": sorted(kinds)},
        is_complete=True,
        actor=actor,
        at=at,
    )


def attach_evidence(
    session: Session,
    *,
    application_id: str,
    kind: str,
    checked: CheckedFile,
    digest: str,
    actor: Actor,
    at: dt.datetime,
) -> ApplicationClaim:
    """Add a stored file to a draft as the evidence of one claim, in place of what was there."""
    document = add_document(
        session,
        application_id=application_id,
        kind="evidence",
        checked=checked,
        digest=digest,
        actor=actor,
        at=at,
    )
    claim = get_claim(get_draft(session, application_id, actor), kind)
    claim.document_id = document.id
    session.flush()
    audit.record(
        session,
        "recruitment.claims.attach",
        actor=actor,
        at=at,
        subject=application_id,
        kind=kind,
        document=document.id,
    )
    return claim


def get_claim(application: Application, kind: str) -> ApplicationClaim:
    """Give an application's claim of a kind, or raise NotFound."""
    for claim in application.claims:
        if claim.kind == kind:
            return claim
    raise NotFound("There is no such claim.")


def decide_claim(
    session: Session,
    *,
    application_id: str,
    kind: str,
    state: ClaimState,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> ApplicationClaim:
    """Verify or refuse a claim; a second decision corrects the first as a new version.

    Conflict when the claim has no evidence to verify, when it is the officer's own application, or when a
    published list already rests on it.
    """
    application = queries.get_application(session, application_id, actor, lock=True)
    actor.demand("recruitment.claims.decide", application.posting.agency_id)
    claim = get_claim(application, kind)
    if application.account_id == actor.id:
        raise Conflict("This is your own application. Another officer must decide the claim.")
    if application.submission is not Submission.SUBMITTED:
        raise Conflict("This application was withdrawn, so there is nothing to decide.")
    if application.standing is not Standing.NONE:
        raise Conflict("A list rests on this claim already. It is corrected by a new version of the list.")
    if state is ClaimState.VERIFIED and claim.document_id is None:
        raise Conflict("This claim came without evidence, so it cannot be verified.")
    if state is not claim.state:
        state = move(claim.state, state)
    claim.state, claim.reason, claim.decided_by, claim.decided_at = state, reason, actor.id, at
    version = len(claim.decisions) + 1
    decision = ClaimDecision(
        id=new_id("cld"),
        claim_id=claim.id,
        version=version,
        state=state,
        reason=reason,
        decided_by=actor.id,
        decided_at=at,
    )
    session.add(decision)
    session.flush()
    audit.record(
        session,
        "recruitment.claims.decide",
        actor=actor,
        at=at,
        subject=application_id,
        agency_id=application.posting.agency_id,
        kind=kind,
        outcome=state.value,
        version=version,
    )
    return claim
