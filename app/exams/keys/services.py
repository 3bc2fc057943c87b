"""Changing keys: one person proposes a version, a second one decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.exams.examinations import queries as examination_queries
from app.exams.examinations.models import Examination
from app.exams.keys import queries, rules
from app.exams.keys.models import KeyVersion
from app.exams.keys.rules import Answers
from app.exams.keys.states import KeyState, move
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def propose_key(
    session: Session, *, examination_id: str, answers: Answers, reason: str, actor: Actor, at: dt.datetime
) -> KeyVersion:
    """Propose a version of the key; `answers` come from rules.read_key. It changes nothing yet."""
    examination = examination_queries.get_examination(session, examination_id, actor, lock=True)
    actor.demand("exams.keys.propose", examination.agency_id)
    latest = queries.find_latest(session, examination.id)
    if latest is not None and latest.state is KeyState.PROPOSED:
        raise Conflict(f"Version {latest.version} waits for a decision. Have it decided first.")
    in_force = queries.find_in_force(session, examination.id)
    changes = rules.list_changes(in_force.answers if in_force else {}, answers)
    rules.check_proposal(changes, in_force is None)
    if not reason.strip():
        raise Invalid(reason="Enter why this key is proposed.")
    version = queries.next_version(session, examination.id)
    key = KeyVersion(
        id=new_id("key"),
        examination_id=examination.id,
        version=version,
        answers=answers,
        digest=rules.key_digest(version, answers),
        reason=reason.strip(),
        state=KeyState.PROPOSED,
        proposed_by=str(actor.id),
        proposed_at=at,
    )
    session.add(key)
    session.flush()
    details = {"version": version, "digest": key.digest, "items": [change.item for change in changes]}
    _record(session, "propose", key, examination.agency_id, actor, at, **details)
    return key


def decide_key(
    session: Session, *, key_id: str, is_approved: bool, reason: str, actor: Actor, at: dt.datetime
) -> KeyVersion:
    """Approve or refuse a version, by someone other than who proposed it, with a reason."""
    key = queries.get_key(session, key_id, actor, lock=True)
    agency_id = key.examination.agency_id
    actor.demand("exams.keys.decide", agency_id)
    state = move(key.state, KeyState.APPROVED if is_approved else KeyState.REFUSED)
    rules.demand_second_person(actor.id, key.proposed_by)
    rules.check_unchanged(key.version, key.answers, key.digest)
    if not reason.strip():
        raise Invalid(reason="Enter the reason for your decision.")
    key.state, key.decided_by, key.decided_at, key.decision_reason = state, actor.id, at, reason.strip()
    details = {"version": key.version, "digest": key.digest, "decision": state.value}
    _record(session, "decide", key, agency_id, actor, at, **details)
    return key


def adopt_decision(
    session: Session,
    *,
    examination: Examination,
    changes: Mapping[str, Mapping[str, Any]],
    reason: str,
    proposed_by: str,
    proposed_at: dt.datetime,
    actor: Actor,
    at: dt.datetime,
) -> KeyVersion:
    """Make the version that follows from a decision of two people on contested items; it is in force at once.

    `changes` maps items to their new entries; all others stay. Conflict while a proposed version waits.
    """
    latest = queries.find_latest(session, examination.id)
    in_force = queries.find_in_force(session, examination.id)
    if latest is None or in_force is None:
        raise Conflict("No key is approved yet.")
    if latest.state is KeyState.PROPOSED:
        raise Conflict(f"Version {latest.version} waits for a decision. Have it decided first.")
    rules.demand_second_person(actor.id, proposed_by)
    answers = in_force.answers | {code: dict(entry) for code, entry in changes.items()}
    version = queries.next_version(session, examination.id)
    key = KeyVersion(
        id=new_id("key"),
        examination_id=examination.id,
        version=version,
        answers=answers,
        digest=rules.key_digest(version, answers),
        reason=reason,
        state=KeyState.APPROVED,
        proposed_by=proposed_by,
        proposed_at=proposed_at,
        decided_by=actor.id,
        decided_at=at,
        decision_reason=reason,
    )
    session.add(key)
    session.flush()
    details = {"version": version, "digest": key.digest, "items": sorted(changes), "decision": "approved"}
    _record(session, "adopt", key, examination.agency_id, actor, at, **details)
    return key


def _record(
    session: Session,
    act: str,
    key: KeyVersion,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session, f"exams.keys.{act}", actor=actor, at=at, subject=key.id, agency_id=agency_id, **details
    )
