"""Objecting to a provisional key: to one item or to several at one time, each with its own grounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.exams.examinations.models import Candidate
from app.exams.objection_fees.services import ask_fee
from app.exams.objections import queries, rules
from app.exams.objections.models import Objection, ObjectionSubmission
from app.exams.objections.services import record
from app.exams.objections.states import Claim, ObjectionState, move
from app.exams.results.queries import get_own_candidate
from app.platform.actors import Actor
from app.platform.antivirus import Verdict
from app.platform.errors import Conflict, NotFound
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.documents.services import StoredFile
from app.recruitment.scanning.services import note_verdict


@dataclass(frozen=True, slots=True)
class Point:
    """What is said against one item, and perhaps the paper that proves it with the scanner's verdict."""

    item: str
    claim: Claim
    grounds: str
    file: StoredFile | None = None
    verdict: Verdict | None = None


def file_objections(
    session: Session,
    *,
    application_id: str,
    points: Sequence[Point],
    ground: str = "",
    actor: Actor,
    at: dt.datetime,
) -> ObjectionSubmission:
    """Object to items of a provisional key, each once and in time: all of them are filed, or none.

    Each is decided on its own; one letter tells all answers. Where objecting costs a fee it is due for each
    item, and `ground` asks for the waiver of all of them. Conflict names an item that is objected to already.
    """
    candidate = get_own_candidate(session, application_id, actor)
    release = queries.find_release(session, candidate.examination_id)
    known = release.key_version.answers if release is not None else {}
    if release is None or any(point.item not in known for point in points):
        raise NotFound(say("There is no such question."))
    rules.demand_open(release.closes_at, at)
    rules.check_points([point.item for point in points])
    submission = ObjectionSubmission(
        id=new_id("obs"),
        examination_id=candidate.examination_id,
        candidate_id=candidate.id,
        filed_at=at,
    )
    session.add(submission)
    session.flush()
    for point in points:
        _file(session, candidate, submission, point, ground, actor, at)
    return submission


def _file(
    session: Session,
    candidate: Candidate,
    submission: ObjectionSubmission,
    point: Point,
    ground: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """File one point as an objection; one that was withdrawn is filed again under its own number."""
    if point.file is not None:
        note_verdict(session, digest=point.file.digest, verdict=point.verdict, at=at)
    values = {
        "submission_id": submission.id,
        "claim": point.claim,
        "grounds": rules.check_grounds(point.grounds),
        "filed_at": at,
        "state": ObjectionState.FILED,
        "document_digest": point.file.digest if point.file else None,
        "document_name": point.file.filename if point.file else None,
        "document_type": point.file.media_type if point.file else None,
    }
    filed = queries.list_own(session, candidate.id).get(point.item)
    if filed is None:
        place = {"examination_id": candidate.examination_id, "candidate_id": candidate.id, "item": point.item}
        place["series"] = queries.find_series(session, candidate)
        filed = Objection(id=new_id("obj"), **place, **values)
        session.add(filed)
    else:
        if filed.state is not ObjectionState.WITHDRAWN:
            raise Conflict(say("You have already objected to question %(item)s.", item=point.item))
        move(filed.state, ObjectionState.FILED)
        for name, value in values.items():
            setattr(filed, name, value)
    session.flush()
    ask_fee(session, examination_id=filed.examination_id, objection_id=filed.id, ground=ground, at=at)
    own = queries.get_own(session, filed.id, actor)
    record(session, "create", own, actor, at, item=point.item, submission=submission.id)
