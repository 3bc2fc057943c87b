"""Publishing a provisional key to candidates, objecting to it, and telling what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.exams.examinations.queries import get_examination
from app.exams.keys import queries as key_queries
from app.exams.objection_fees.services import ask_fee, set_terms
from app.exams.objections import queries, rules
from app.exams.objections.models import KeyRelease, Objection
from app.exams.objections.states import Claim, ObjectionState, move
from app.exams.results.queries import get_own_candidate
from app.platform import audit, links, mail
from app.platform.actors import Actor
from app.platform.antivirus import Verdict
from app.platform.errors import Conflict, NotFound
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.documents.services import StoredFile
from app.recruitment.scanning.services import note_verdict


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


def file_objection(
    session: Session,
    *,
    application_id: str,
    item: str,
    claim: Claim,
    grounds: str,
    file: StoredFile | None,
    verdict: Verdict | None = None,
    ground: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Objection:
    """Object to one item of a provisional key, once and in time, with grounds and perhaps a paper.

    Where objecting costs a fee, `ground` asks for its waiver; without one it is due.
    """
    candidate = get_own_candidate(session, application_id, actor)
    release = queries.find_release(session, candidate.examination_id)
    if release is None or item not in release.key_version.answers:
        raise NotFound("There is no such question.")
    rules.demand_open(release.closes_at, at)
    if file is not None:
        note_verdict(session, digest=file.digest, verdict=verdict, at=at)
    values = {
        "claim": claim,
        "grounds": rules.check_grounds(grounds),
        "filed_at": at,
        "state": ObjectionState.FILED,
        "document_digest": file.digest if file else None,
        "document_name": file.filename if file else None,
        "document_type": file.media_type if file else None,
    }
    filed = queries.list_own(session, candidate.id).get(item)
    if filed is None:
        place = {"examination_id": candidate.examination_id, "candidate_id": candidate.id, "item": item}
        place["series"] = queries.find_series(session, candidate)
        filed = Objection(id=new_id("obj"), **place, **values)
        session.add(filed)
    else:
        move(filed.state, ObjectionState.FILED)
        for name, value in values.items():
            setattr(filed, name, value)
    session.flush()
    place = {"examination_id": filed.examination_id, "objection_id": filed.id}
    ask_fee(session, **place, ground=ground, at=at)
    _record(session, "create", queries.get_own(session, filed.id, actor), actor, at, item=item)
    return filed


def withdraw_objection(session: Session, *, objection_id: str, actor: Actor, at: dt.datetime) -> Objection:
    """Take one's own objection back before it is ruled on."""
    objection = queries.get_own(session, objection_id, actor)
    objection.state = move(objection.state, ObjectionState.WITHDRAWN)
    session.flush()
    _record(session, "withdraw", objection, actor, at)
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
    _record(session, "download", objection, actor, at)


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


def _record(
    session: Session, act: str, objection: Objection, actor: Actor, at: dt.datetime, **details: str
) -> None:
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
