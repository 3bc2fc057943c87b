"""Confirming decisions on contested items: key, list and everyone who objected, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.challenges import queries, rules
from app.exams.challenges.models import Challenge
from app.exams.challenges.services import record
from app.exams.challenges.states import ChallengeState, move
from app.exams.corrections.services import correct_list
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.keys.models import KeyVersion
from app.exams.keys.queries import find_in_force
from app.exams.keys.services import adopt_decision
from app.exams.merit_lists.queries import find_published
from app.exams.objection_fees.services import owe_refunds
from app.exams.objections import queries as objection_queries
from app.exams.objections.services import decide_objections
from app.platform.actors import Actor
from app.platform.errors import Conflict


def confirm_decisions(
    session: Session, *, examination_id: str, challenge_ids: Sequence[str], actor: Actor, at: dt.datetime
) -> list[Challenge]:
    """Confirm proposed decisions as a second person: together they make one version of the key.

    All who objected are told, and fees of upheld objections are given back. Where a list is published, the
    same transaction puts it right: see corrections.services.correct_list.
    """
    examination = get_examination(
        session, examination_id, actor, permission="exams.challenges.confirm", lock=True
    )
    challenges = queries.list_proposed(session, examination.id, challenge_ids, lock=True)
    if not challenges or len(challenges) != len(set(challenge_ids)):
        raise Conflict("One of these decisions was taken meanwhile. Look at the list again.")
    key = _check(session, examination, challenges, actor, at)
    made = _adopt(session, examination, key, challenges, actor, at)
    published = find_published(session, examination.id)
    corrected = None
    if made is not None and published is not None:
        reason = " ".join(f"Question {row.item}: {row.reason}" for row in challenges if row.is_upheld)
        proposer = challenges[0].proposed_by
        corrected = correct_list(
            session, examination=examination, reason=reason, proposed_by=proposer, actor=actor, at=at
        )
    for challenge in challenges:
        challenge.state = move(challenge.state, ChallengeState.CONFIRMED)
        challenge.decided_by, challenge.decided_at = actor.id, at
        challenge.key_version_id = made.id if made is not None and challenge.is_upheld else None
        challenge.list_id = corrected.list_id if corrected is not None and challenge.is_upheld else None
    session.flush()
    for challenge in challenges:
        _close(session, challenge, examination, actor, at)
    return challenges


def _check(
    session: Session,
    examination: Examination,
    challenges: Sequence[Challenge],
    actor: Actor,
    at: dt.datetime,
) -> KeyVersion:
    """Give the key in force when these decisions may be confirmed now by this person."""
    key = find_in_force(session, examination.id)
    release = objection_queries.find_release(session, examination.id)
    if key is None:
        raise Conflict("No key is approved yet.")
    rules.demand_closed(release.closes_at if release else None, at)
    for challenge in challenges:
        rules.demand_second_person(actor.id, challenge.proposed_by)
        has_objected = queries.has_objected(session, examination.id, challenge.item, actor.id)
        rules.demand_no_party(has_objected)
        entry = key.answers[challenge.item]
        rules.demand_unchanged(challenge.item, challenge.series, challenge.before, entry)
    return key


def _adopt(
    session: Session,
    examination: Examination,
    key: KeyVersion,
    challenges: Sequence[Challenge],
    actor: Actor,
    at: dt.datetime,
) -> KeyVersion | None:
    """Make the version of the key that follows; None where every decision keeps it."""
    upheld = [challenge for challenge in challenges if challenge.is_upheld]
    if not upheld:
        return None
    answers, first = rules.answers_after(key.answers, upheld), upheld[0]
    return adopt_decision(
        session,
        examination=examination,
        changes={row.item: answers[row.item] for row in upheld},
        reason=" ".join(f"Question {row.item}: {row.reason}" for row in upheld),
        proposed_by=first.proposed_by,
        proposed_at=first.proposed_at,
        actor=actor,
        at=at,
    )


def _close(
    session: Session, challenge: Challenge, examination: Examination, actor: Actor, at: dt.datetime
) -> None:
    """Write the decision to every objection that waited for it, and owe back fees of those upheld."""
    filed = objection_queries.list_filed(session, examination.id, challenge.item, challenge.series)
    decide_objections(
        session,
        objections=filed,
        challenge_id=challenge.id,
        is_upheld=challenge.is_upheld,
        ruling=challenge.reason,
        decided_by=(challenge.proposed_by, challenge.proposed_at),
        actor=actor,
        at=at,
    )
    refunds = owe_refunds(session, objection_ids=[row.id for row in filed]) if challenge.is_upheld else 0
    details = {"upheld": str(challenge.is_upheld), "objections": len(filed), "refunds": refunds}
    record(session, "confirm", challenge, examination.agency_id, actor, at, **details)
