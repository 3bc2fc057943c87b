"""Claims of received applications: verified or refused by an officer, who is shown what was found before."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.recruitment.applications import queries
from app.recruitment.applications.models import Application, ApplicationClaim, ClaimDecision
from app.recruitment.applications.states import ClaimState, move
from app.recruitment.claims import queries as claim_queries
from app.recruitment.claims import rules
from app.recruitment.claims.evidence import load_evidence
from app.recruitment.claims.letters import tell
from app.recruitment.claims.models import ClaimClosing
from app.recruitment.claims.standing import get_claim, record


def decide_claim(
    session: Session,
    *,
    application_id: str,
    kind: str,
    state: ClaimState,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    valid_until: dt.date | None = None,
    based_on: ClaimDecision | None = None,
) -> ApplicationClaim:
    """Verify or refuse a claim; a second decision corrects the first as a new version.

    Conflict when the claim has no evidence to verify, when it is the officer's own application or decision
    that is appealed against, or when a published list already rests on it.
    """
    application = queries.get_application(session, application_id, actor, lock=True)
    actor.demand("recruitment.claims.decide", application.posting.agency_id)
    claim = get_claim(application, kind)
    rules.demand_may_decide(
        is_own=application.account_id == actor.id,
        submission=application.submission,
        standing=application.standing,
    )
    version = len(claim.decisions) + 1
    is_appealed = claim_queries.find_appeal(session, claim.id, version - 1) is not None
    rules.demand_other_officer(claim.decided_by if is_appealed else None, actor.id)
    if state is ClaimState.VERIFIED and based_on is None and not load_evidence(session, [claim.id])[claim.id]:
        raise Conflict("This claim came without evidence, so it cannot be verified.")
    if state is not claim.state:
        state = move(claim.state, state)
    valid_until = valid_until if state is ClaimState.VERIFIED else None
    claim.state, claim.reason, claim.valid_until = state, reason, valid_until
    claim.decided_by, claim.decided_at = actor.id, at
    decision = ClaimDecision(
        id=new_id("cld"),
        claim_id=claim.id,
        version=version,
        state=state,
        reason=reason,
        valid_until=valid_until,
        based_on=based_on.id if based_on else None,
        decided_by=str(actor.id),
        decided_at=at,
    )
    claim.decisions.append(decision)
    session.flush()
    tell(session, application, decision, at)
    record(session, "decide", application, claim, actor, at, outcome=state.value, version=version)
    return claim


def verify_again(
    session: Session, *, application_id: str, kind: str, actor: Actor, at: dt.datetime
) -> ApplicationClaim:
    """Verify a claim that the same agency has verified before, for as long as it was found to hold.

    It is the officer's own decision, on what stands in the file; Conflict when nothing valid stands there.
    """
    application = queries.get_application(session, application_id, actor, lock=True)
    claim = get_claim(application, kind)
    today = clock.local_date(at, application.posting.time_zone)
    earlier = claim_queries.describe(session, [(claim, application)], today)[0].earlier
    if earlier is None:
        raise Conflict("This claim has not been verified before, or no longer holds. Look at the evidence.")
    day = clock.local_date(earlier.decision.decided_at, application.posting.time_zone)
    reason = (
        f"Verified before by {earlier.officer} on {day.isoformat()} for {earlier.posting_title}: "
        f"{earlier.decision.reason}"
    )
    return decide_claim(
        session,
        application_id=application_id,
        kind=kind,
        state=ClaimState.VERIFIED,
        reason=reason[:1000],
        valid_until=earlier.decision.valid_until,
        based_on=earlier.decision,
        actor=actor,
        at=at,
    )


def set_closing(
    session: Session, *, posting_id: str, closes_at: dt.datetime, actor: Actor, at: dt.datetime
) -> ClaimClosing:
    """Set until when evidence for claims is taken for a posting."""
    posting = queries.get_posting(session, posting_id, actor)
    actor.demand("recruitment.claims.set_closing", posting.agency_id)
    row = claim_queries.find_closing(session, posting_id) or ClaimClosing(posting_id=posting_id)
    row.closes_at, row.set_by, row.set_at = closes_at, str(actor.id), at
    session.add(row)
    session.flush()
    audit.record(
        session,
        "recruitment.claims.set_closing",
        actor=actor,
        at=at,
        subject=posting_id,
        agency_id=posting.agency_id,
        closes_at=closes_at.isoformat(),
    )
    return row


def record_opening(
    session: Session,
    *,
    application: Application,
    claim: ApplicationClaim,
    document_id: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Record that an officer opened a paper of a claim."""
    record(session, "open_evidence", application, claim, actor, at, document=document_id)
