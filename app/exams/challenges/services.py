"""Deciding on contested items: proposed by one person, sent back by another who does not agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.challenges import queries, rules
from app.exams.challenges.models import Challenge
from app.exams.challenges.states import ChallengeState, move
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.keys import queries as key_queries
from app.exams.keys.models import KeyVersion
from app.exams.keys.rules import entry_for
from app.exams.objections import queries as objection_queries
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.ids import new_id


def propose_decision(
    session: Session,
    *,
    examination_id: str,
    item: str,
    series: str = "",
    decision: str,
    accepted: Sequence[str] = (),
    reason: str,
    origin: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Challenge:
    """Propose what becomes of an item, with the reason that all who objected will read.

    Where nobody objected, `origin` says what led to it, such as a judgment. It changes nothing yet.
    """
    examination, key = _load(session, examination_id, item, "propose", actor)
    before = entry_for(key.answers[item], series)
    after = rules.entry_of(decision, accepted, before, examination.options)
    is_upheld = rules.check_change(before, after, decision)
    rules.demand_none_proposed(queries.has_proposed(session, examination.id, item, series))
    filed = objection_queries.list_filed(session, examination.id, item, series)
    if not filed and not origin.strip():
        raise Invalid(origin="Nobody objected to this question. Enter what led to the decision.")
    if not reason.strip():
        raise Invalid(reason="Enter the reason. Everyone who objected reads it.")
    challenge = Challenge(
        id=new_id("kch"),
        examination_id=examination.id,
        item=item,
        series=series,
        state=ChallengeState.PROPOSED,
        is_upheld=is_upheld,
        before=before,
        after=after,
        reason=reason.strip(),
        origin=origin.strip() or None,
        proposed_by=str(actor.id),
        proposed_at=at,
    )
    session.add(challenge)
    session.flush()
    details = {"decision": decision, "objections": len(filed)}
    record(session, "propose", challenge, examination.agency_id, actor, at, **details)
    return challenge


def return_decision(
    session: Session, *, challenge_id: str, note: str, actor: Actor, at: dt.datetime
) -> Challenge:
    """Send a proposed decision back as a second person, with the reason; another may be proposed."""
    challenge = queries.get_challenge(session, challenge_id, actor, lock=True)
    agency_id = challenge.examination.agency_id
    actor.demand("exams.challenges.send_back", agency_id)
    state = move(challenge.state, ChallengeState.RETURNED)
    rules.demand_second_person(actor.id, challenge.proposed_by)
    if not note.strip():
        raise Invalid(note="Enter why the decision goes back.")
    challenge.state, challenge.decided_by, challenge.decided_at = state, actor.id, at
    challenge.note = note.strip()
    record(session, "send_back", challenge, agency_id, actor, at, why=challenge.note)
    return challenge


def _load(
    session: Session, examination_id: str, item: str, act: str, actor: Actor
) -> tuple[Examination, KeyVersion]:
    examination = get_examination(
        session, examination_id, actor, permission=f"exams.challenges.{act}", lock=True
    )
    key = key_queries.find_in_force(session, examination.id)
    if key is None:
        raise Conflict("No key is approved yet.")
    if item not in key.answers:
        raise NotFound("There is no such question.")
    rules.demand_no_party(queries.has_objected(session, examination.id, item, actor.id))
    return examination, key


def record(
    session: Session,
    act: str,
    challenge: Challenge,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    """Record an act on a decision, with its item."""
    audit.record(
        session,
        f"exams.challenges.{act}",
        actor=actor,
        at=at,
        subject=challenge.id,
        agency_id=agency_id,
        examination=challenge.examination_id,
        item=challenge.item,
        series=challenge.series,
        **details,
    )
