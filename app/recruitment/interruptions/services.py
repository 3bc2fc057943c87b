"""Proving intake, noting what went wrong, and moving closings by the clock-stop rule."""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.accounts.queries import get_agency
from app.platform import audit, clock, jobs, mail
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Forbidden, Invalid
from app.platform.ids import new_id
from app.recruitment.interruptions import letters, queries, rules
from app.recruitment.interruptions.models import IntakeFault, IntakeProof, Interruption, MovedClosing
from app.recruitment.interruptions.states import Cause, InterruptionState, Source, move
from app.recruitment.postings import states as posting_states
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState

MEASURED = "No application could be received: the system did not answer its own proofs."


def prove_intake(session: Session, *, at: dt.datetime) -> Interruption | None:
    """Note that intake works now; a proof that comes late makes, and gives, an interruption."""
    gap = rules.find_gap(queries.find_last_proof(session), at)
    session.execute(delete(IntakeProof).where(IntakeProof.at < at - rules.LOOK_BACK))
    session.merge(IntakeProof(at=at))
    session.flush()
    if gap is None:
        return None
    found = Interruption(
        id=new_id("itr"),
        starts_at=gap.start,
        ends_at=gap.end,
        source=Source.MEASURED,
        state=InterruptionState.CONFIRMED,
        reason=MEASURED,
        declared_at=at,
    )
    session.add(found)
    session.flush()
    _record(session, "measure", found, SYSTEM, at, starts_at=gap.start, ends_at=gap.end)
    return found


def note_fault(
    session: Session, *, endpoint: str, posting_id: str | None, account_id: str | None, at: dt.datetime
) -> IntakeFault:
    """Note that a request of somebody who applies ended in a fault of ours."""
    person = hashlib.sha256(account_id.encode()).hexdigest() if account_id else None
    fault = IntakeFault(id=new_id("flt"), at=at, endpoint=endpoint, person=person, posting_id=posting_id)
    session.add(fault)
    session.flush()
    return fault


def declare_interruption(
    session: Session,
    *,
    agency_id: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Interruption:
    """Declare an interruption that the system's own proofs cannot see; a second officer confirms it."""
    actor.demand("recruitment.interruptions.declare", agency_id)
    rules.check_declared(starts_at, ends_at, at)
    if not reason.strip():
        raise Invalid(reason="Enter what happened.")
    declared = Interruption(
        id=new_id("itr"),
        starts_at=starts_at,
        ends_at=ends_at,
        source=Source.DECLARED,
        state=InterruptionState.PROPOSED,
        reason=reason.strip(),
        agency_id=get_agency(session, agency_id).id,
        declared_by=actor.id,
        declared_at=at,
    )
    session.add(declared)
    session.flush()
    _record(session, "declare", declared, actor, at, starts_at=starts_at, ends_at=ends_at)
    return declared


def decide_interruption(
    session: Session, *, interruption_id: str, is_confirmed: bool, actor: Actor, at: dt.datetime
) -> Interruption:
    """Confirm or refuse a declared interruption, as another person; a confirmed one may move closings."""
    interruption = queries.get_interruption(session, interruption_id, actor)
    act = "confirm" if is_confirmed else "refuse"
    actor.demand(f"recruitment.interruptions.{act}", interruption.agency_id)
    if actor.id is None or actor.id == interruption.declared_by:
        raise Forbidden("You declared this interruption. Ask a second officer to decide.")
    decided = InterruptionState.CONFIRMED if is_confirmed else InterruptionState.REFUSED
    interruption.state = move(interruption.state, decided)
    interruption.decided_by, interruption.decided_at = actor.id, at
    session.flush()
    _record(session, act, interruption, actor, at)
    if is_confirmed:
        move_closings(session, at=at)
    return interruption


def move_closings(session: Session, *, at: dt.datetime) -> list[MovedClosing]:
    """Move each closing that the clock-stop rule moves, write the ledger, and promise the mails."""
    moved = []
    for posting in queries.list_affected(session, at):
        closes_at = posting.closes_at
        if closes_at is None or queries.is_screened(session, posting.id):
            continue
        since = queries.find_last_move(session, posting.id) or at - rules.LOOK_BACK
        cause = rules.cause_to_move(
            closes_at,
            queries.load_spans(session, posting, since),
            queries.load_faults(session, posting, since),
        )
        if cause is not None:
            moved.append(_move(session, posting, closes_at, cause, at))
    return moved


def tell_drafts(session: Session, *, move_id: str, at: dt.datetime) -> int:
    """Promise a mail to everyone with a draft for a posting whose closing was moved; give how many."""
    moved = queries.get_move(session, move_id)
    drafts = queries.list_drafts(session, moved.posting_id)
    for application_id, account in drafts:
        subject, body = letters.moved_closing(moved, account, application_id)
        mail.promise(
            session,
            key=f"moved-closing:{moved.id}:{application_id}",
            to=account.email,
            subject=subject,
            body=body,
            at=at,
            language=account.language,
        )
    audit.record(
        session,
        "recruitment.interruptions.tell",
        actor=SYSTEM,
        at=at,
        subject=moved.posting_id,
        agency_id=moved.posting.agency_id,
        drafts=len(drafts),
    )
    return len(drafts)


def _move(
    session: Session, posting: Posting, closes_at: dt.datetime, cause: Cause, at: dt.datetime
) -> MovedClosing:
    zone = posting.time_zone
    holidays = load_days(session, posting.agency_id, since=clock.local_date(closes_at, zone))
    new = rules.moved_closing(closes_at, zone, holidays)
    while new <= at:  # intake was down for days: the next working day counts from now
        new = rules.moved_closing(new, zone, holidays)
    if posting.state is PostingState.CLOSED:
        posting.state = posting_states.move(posting.state, PostingState.PUBLISHED)
        posting.closed_at = None
    posting.first_closes_at = posting.first_closes_at or closes_at
    posting.closes_at = new
    moved = MovedClosing(
        id=new_id("mov"),
        posting_id=posting.id,
        old_closes_at=closes_at,
        new_closes_at=new,
        cause=cause,
        moved_at=at,
    )
    session.add(moved)
    session.flush()
    audit.record(
        session,
        "recruitment.interruptions.move_closing",
        actor=SYSTEM,
        at=at,
        subject=posting.id,
        agency_id=posting.agency_id,
        old_closes_at=closes_at,
        new_closes_at=new,
        cause=cause.value,
    )
    payload = {"posting_id": posting.id}
    key = f"close:{posting.id}:{moved.id}"
    jobs.enqueue(session, "recruitment.close_posting", key=key, payload=payload, at=at, run_at=new)
    jobs.enqueue(
        session,
        "recruitment.tell_moved_closing",
        key=f"tell:{moved.id}",
        payload={"move_id": moved.id},
        at=at,
    )
    return moved


def _record(
    session: Session,
    act: str,
    interruption: Interruption,
    actor: Actor,
    at: dt.datetime,
    **details: dt.datetime,
) -> None:
    audit.record(
        session,
        f"recruitment.interruptions.{act}",
        actor=actor,
        at=at,
        subject=interruption.id,
        agency_id=interruption.agency_id,
        **details,
    )
