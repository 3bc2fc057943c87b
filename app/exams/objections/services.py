"""Publishing a provisional key to candidates, and telling what was decided on objections to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.exams.examinations.queries import get_examination
from app.exams.keys import queries as key_queries
from app.exams.objection_fees.models import ObjectionFee
from app.exams.objection_fees.queries import load_own
from app.exams.objection_fees.services import set_terms
from app.exams.objection_fees.states import SETTLED
from app.exams.objections import letters, queries, rules
from app.exams.objections.models import KeyRelease, Objection
from app.exams.objections.states import ObjectionState, move
from app.notices import services as notices
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.recruitment.applications.letters import address as postal_address


def release_key(
    session: Session,
    *,
    examination_id: str,
    days: int,
    terms: Mapping[str, Any] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> KeyRelease:
    """Show every candidate the key in force as a provisional one, and take objections for some days.

    `terms` say what an objection costs: see objection_fees.services.set_terms; it is free without them.
    """
    permission = "exams.objections.release"
    examination = get_examination(session, examination_id, actor, permission=permission, lock=True)
    key = key_queries.find_in_force(session, examination_id)
    if key is None:
        raise Conflict("No key is approved yet.")
    if queries.find_release(session, examination_id) is not None:
        raise Conflict("The key of this examination is released already.")
    release = KeyRelease(
        id=new_id("krl"),
        examination_id=examination_id,
        key_version_id=key.id,
        released_by=actor.id,
        released_at=at,
        closes_at=rules.closes_at(at, days, examination.agency.time_zone),
    )
    session.add(release)
    set_terms(session, examination_id=examination_id, values=terms or {})
    session.flush()
    audit.record(
        session,
        "exams.objections.release",
        actor=actor,
        at=at,
        subject=examination_id,
        agency_id=examination.agency_id,
        version=key.version,
        digest=key.digest,
        closes_at=release.closes_at,
    )
    return release


def withdraw_objection(session: Session, *, objection_id: str, actor: Actor, at: dt.datetime) -> Objection:
    """Take one's own objection back before it is ruled on; if no other waits, the answers follow."""
    objection = queries.get_own(session, objection_id, actor)
    objection.state = move(objection.state, ObjectionState.WITHDRAWN)
    session.flush()
    record(session, "withdraw", objection, actor, at)
    _answer(session, objection.submission_id, actor, at)
    return objection


def decide_objections(
    session: Session,
    *,
    objections: Sequence[Objection],
    challenge_id: str,
    is_upheld: bool,
    ruling: str,
    decided_by: tuple[str, dt.datetime],
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Write what was decided on an item to every objection to it; the last answer brings the letter.

    `decided_by` is who proposed it and when; the actor confirms it. The act is recorded by the caller.
    """
    to = ObjectionState.UPHELD if is_upheld else ObjectionState.REJECTED
    for objection in objections:
        objection.state = move(objection.state, to)
        objection.is_well_founded, objection.ruling = is_upheld, ruling
        objection.ruled_by, objection.ruled_at = decided_by
        objection.confirmed_by, objection.confirmed_at = actor.id, at
        objection.challenge_id = challenge_id
    session.flush()
    for submission_id in sorted({objection.submission_id for objection in objections}):
        _answer(session, submission_id, actor, at)


def record_download(session: Session, *, objection: Objection, actor: Actor, at: dt.datetime) -> None:
    """Record that an officer opened the paper of an objection."""
    record(session, "download", objection, actor, at)


def _answer(session: Session, submission_id: str, actor: Actor, at: dt.datetime) -> None:
    """Promise the letter with all answers of a submission, once nothing of it waits to be looked at.

    An objection whose fee is not out of the way is not looked at; the letter says so, and another follows
    when it is decided after all.
    """
    submission, objections = queries.load_submission(session, submission_id)
    fees = load_own(session, submission.candidate_id)
    decided = [row for row in objections if row.confirmed_at is not None]
    if not decided or any(_waits(row, fees) for row in objections):
        return
    application = decided[0].candidate.application
    contact = (application.snapshot or {}).get("contact")
    notices.promise(
        session,
        template=queries.LETTER,
        subject=application.id,
        agency_id=decided[0].examination.agency_id,
        account_id=application.account_id,
        name=application.account.name,
        email=application.account.email,
        address=postal_address(contact) if contact else (),
        letter=letters.answers(submission, objections, fees),
        actor=actor,
        at=at,
        key=f"objections:{submission.id}:{len(decided)}",
    )
    submission.answered_at = at
    session.flush()


def _waits(objection: Objection, fees: Mapping[str, ObjectionFee]) -> bool:
    """Tell whether an objection is still to be decided, its fee being out of the way."""
    fee = fees.get(objection.id)
    return objection.state is ObjectionState.FILED and (fee is None or fee.state in SETTLED)


def record(
    session: Session, act: str, objection: Objection, actor: Actor, at: dt.datetime, **details: str
) -> None:
    """Record an act on an objection."""
    audit.record(
        session,
        f"exams.objections.{act}",
        actor=actor,
        at=at,
        subject=objection.id,
        agency_id=objection.examination.agency_id,
        examination=objection.examination_id,
        **details,
    )
