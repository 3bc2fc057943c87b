"""Publishing a provisional key to candidates, and telling what was decided on objections to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.exams.examinations.queries import get_examination
from app.exams.keys import queries as key_queries
from app.exams.objection_fees.services import set_terms
from app.exams.objections import queries, rules
from app.exams.objections.models import KeyRelease, Objection
from app.exams.objections.states import ObjectionState, move
from app.platform import audit, links, mail
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say


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
    """Take one's own objection back before it is ruled on."""
    objection = queries.get_own(session, objection_id, actor)
    objection.state = move(objection.state, ObjectionState.WITHDRAWN)
    session.flush()
    record(session, "withdraw", objection, actor, at)
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
    """Write what was decided on an item to every objection to it, and tell each who objected and why.

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
    for objection in objections:
        _tell(session, objection, at)


def record_download(session: Session, *, objection: Objection, actor: Actor, at: dt.datetime) -> None:
    """Record that an officer opened the paper of an objection."""
    record(session, "download", objection, actor, at)


def _tell(session: Session, objection: Objection, at: dt.datetime) -> None:
    application = objection.candidate.application
    account, title = application.account, objection.examination.title
    link = links.absolute(f"/my/applications/{application.id}/sheet")
    lines = (
        say("Dear %(name)s,", name=account.name),
        say(
            "Your objection to question %(item)s of %(title)s was decided.",
            item=objection.item,
            title=title,
        ),
        objection.state.title,
        objection.ruling or "",
        say("Read it here: %(link)s", link=link),
        objection.examination.agency.name,
    )
    mail.promise(
        session,
        key=f"objection:{objection.id}",
        to=account.email,
        subject=say("Your objection was decided: %(title)s", title=title),
        body=lines,
        at=at,
        language=account.language,
    )


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
