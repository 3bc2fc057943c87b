"""Asking for deletion, deciding on it by two people, and holds, which win."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.compliance.deletions import planning, queries
from app.compliance.deletions.models import DeletionRequest, LegalHold
from app.compliance.deletions.rules import check_no_hold, check_not_own
from app.compliance.deletions.states import DeletionState, HoldState, move
from app.platform import audit, jobs, links, mail
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden
from app.platform.ids import new_id
from app.platform.sentences import Sentence, say

NOTHING = say("There is nothing that could be deleted now.")
CHANGED = say("What would be deleted has changed since it was proposed. Send it back, to be looked at again.")


def ask_deletion(session: Session, *, reason: str, actor: Actor, at: dt.datetime) -> DeletionRequest:
    """Ask for one's own data to be deleted; while a request is open, the same is given again."""
    if waiting := queries.find_own_open(session, actor):
        return waiting
    request = DeletionRequest(
        id=new_id("del"), account_id=str(actor.id), state=DeletionState.ASKED, asked_at=at, reason=reason
    )
    session.add(request)
    session.flush()
    _record(session, "ask", request.id, actor, at)
    return request


def take_back(session: Session, *, actor: Actor, at: dt.datetime) -> DeletionRequest:
    """Take one's own request back, as long as it was not approved."""
    request = queries.find_own_open(session, actor)
    if request is None:
        raise Conflict(say("You have no request that could be taken back."))
    request.state = move(request.state, DeletionState.TAKEN_BACK)
    session.flush()
    _record(session, "take_back", request.id, actor, at)
    return request


def propose(
    session: Session, *, request_id: str, reason: str, actor: Actor, at: dt.datetime
) -> DeletionRequest:
    """Propose to delete what may go, as it is worked out now; Conflict under a hold."""
    request = _for(session, "propose", request_id, actor)
    plan = planning.make_plan(session, request.account_id)
    check_no_hold(plan.is_held)
    if not plan.deleted and not plan.closes_account:
        raise Conflict(NOTHING)
    request.state = move(request.state, DeletionState.PROPOSED)
    request.plan, request.proposal_reason = plan.frozen(), reason
    request.proposed_by, request.proposed_at = actor.id, at
    session.flush()
    _record(session, "propose", request.id, actor, at, deleted=sum(count for _, count in plan.deleted))
    return request


def refuse(
    session: Session, *, request_id: str, reason: str, actor: Actor, at: dt.datetime
) -> DeletionRequest:
    """Refuse a request with a reason, of which the person is told."""
    request = _for(session, "refuse", request_id, actor)
    request.state = move(request.state, DeletionState.REFUSED)
    request.decided_by, request.decided_at, request.decision_reason = actor.id, at, reason
    session.flush()
    _record(session, "refuse", request.id, actor, at)
    _tell(
        session, request, say("We have decided on your request to delete your data. Sign in to read it."), at
    )
    return request


def approve(session: Session, *, request_id: str, actor: Actor, at: dt.datetime) -> DeletionRequest:
    """Approve what another person proposed; a job then carries it out."""
    request = _for(session, "approve", request_id, actor)
    if request.proposed_by == actor.id:
        raise Conflict(say("Somebody other than who proposed it must approve."))
    plan = planning.make_plan(session, request.account_id)
    check_no_hold(plan.is_held)
    if plan.frozen() != request.plan:
        raise Conflict(CHANGED)
    request.state = move(request.state, DeletionState.APPROVED)
    request.decided_by, request.decided_at, request.decision_reason = actor.id, at, None
    session.flush()
    _record(session, "approve", request.id, actor, at)
    jobs.enqueue(
        session,
        "compliance.delete_personal_data",
        key=f"delete:{request.id}:{at.isoformat()}",
        payload={"request": request.id},
        at=at,
    )
    return request


def send_back(
    session: Session, *, request_id: str, reason: str, actor: Actor, at: dt.datetime
) -> DeletionRequest:
    """Send a proposal back to the records officer, with what is to be looked at again."""
    request = _for(session, "send_back", request_id, actor)
    if request.proposed_by == actor.id:
        raise Conflict(say("Somebody other than who proposed it must look at it."))
    request.state = move(request.state, DeletionState.ASKED)
    request.decision_reason = reason
    session.flush()
    _record(session, "send_back", request.id, actor, at)
    return request


def place_hold(session: Session, *, account_id: str, reason: str, actor: Actor, at: dt.datetime) -> LegalHold:
    """Order that everything of a person is kept; it takes effect at once."""
    _demand(actor, "place_hold")
    check_not_own(actor.id, account_id)
    hold = LegalHold(
        id=new_id("hld"),
        account_id=account_id,
        state=HoldState.HELD,
        reason=reason,
        placed_by=str(actor.id),
        placed_at=at,
    )
    session.add(hold)
    session.flush()
    _record(session, "place_hold", hold.id, actor, at, account=account_id)
    return hold


def propose_release(
    session: Session, *, hold_id: str, reason: str, actor: Actor, at: dt.datetime
) -> LegalHold:
    """Propose that a hold ends."""
    _demand(actor, "propose_release")
    hold = queries.get_hold(session, hold_id, lock=True)
    hold.state = move(hold.state, HoldState.RELEASE_PROPOSED)
    hold.release_proposed_by, hold.release_reason = actor.id, reason
    session.flush()
    _record(session, "propose_release", hold.id, actor, at, account=hold.account_id)
    return hold


def release_hold(session: Session, *, hold_id: str, actor: Actor, at: dt.datetime) -> LegalHold:
    """End a hold as another person proposed."""
    _demand(actor, "release_hold")
    hold = queries.get_hold(session, hold_id, lock=True)
    if actor.id in (hold.release_proposed_by, hold.account_id):
        raise Conflict(say("Somebody other than who proposed it must release the hold."))
    hold.state = move(hold.state, HoldState.RELEASED)
    hold.released_by, hold.released_at = actor.id, at
    session.flush()
    _record(session, "release_hold", hold.id, actor, at, account=hold.account_id)
    return hold


def record_view(session: Session, *, request: DeletionRequest, actor: Actor, at: dt.datetime) -> None:
    """Record that an officer looked at a request."""
    _record(session, "show", request.id, actor, at)


def tell_done(session: Session, request: DeletionRequest, address: str, at: dt.datetime) -> None:
    """Tell the person, at the address they had, that it is done."""
    text = say(
        "what you asked us to delete is deleted. What the law makes us keep stays until its time is over."
    )
    _promise(session, request, address, text, at)


def _for(session: Session, act: str, request_id: str, actor: Actor) -> DeletionRequest:
    _demand(actor, act)
    request = queries.get_request(session, request_id, actor, lock=True)
    check_not_own(actor.id, request.account_id)
    return request


def _demand(actor: Actor, act: str) -> None:
    """Demand a permission in all agencies, since a person's data lies across them."""
    permission = f"compliance.deletions.{act}"
    if not actor.may(permission) or actor.agencies(permission) is not None:
        raise Forbidden()


def _tell(session: Session, request: DeletionRequest, sentence: Sentence, at: dt.datetime) -> None:
    _promise(session, request, request.account.email, sentence, at)


def _promise(
    session: Session, request: DeletionRequest, address: str, sentence: Sentence, at: dt.datetime
) -> None:
    page = say("Your data: %(address)s", address=links.absolute("/my/data"))
    mail.promise(
        session,
        key=f"deletion:{request.id}:{request.state.value}",
        to=address,
        subject=say("Your request to delete your data"),
        body=(sentence, page),
        at=at,
        language=request.account.language,
    )


def _record(session: Session, act: str, subject: str, actor: Actor, at: dt.datetime, **details: Any) -> None:
    audit.record(session, f"compliance.deletions.{act}", actor=actor, at=at, subject=subject, **details)
