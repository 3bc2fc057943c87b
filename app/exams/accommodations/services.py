"""Asking for accommodations, and deciding on them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.accommodations import queries
from app.exams.accommodations.models import Accommodation
from app.exams.accommodations.rules import check_minutes
from app.exams.accommodations.states import Need, RequestState, move
from app.exams.results.queries import get_own_candidate
from app.exams.seating.models import Seat, SeatingPlan
from app.platform import audit, links, mail
from app.platform.actors import Actor
from app.platform.antivirus import Verdict
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.documents.services import StoredFile
from app.recruitment.scanning.services import note_verdict


def request_accommodation(
    session: Session,
    *,
    application_id: str,
    need: Need,
    grounds: str,
    file: StoredFile | None,
    verdict: Verdict | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Accommodation:
    """Ask for what a candidate needs, once for each need and before the seats are fixed."""
    candidate = get_own_candidate(session, application_id, actor)
    plan = session.get(SeatingPlan, candidate.examination_id)
    if plan is None or plan.fixed_at is not None:
        raise Conflict(say("The time to ask is over. Call the office if something has changed."))
    if not grounds.strip():
        raise Invalid(grounds=say("Enter why you need it."))
    if file is not None:
        note_verdict(session, digest=file.digest, verdict=verdict, at=at)
    known = {row.need: row for row in queries.list_own(session, candidate.id)}
    asked = known.get(need)
    if asked is None:
        asked = Accommodation(
            id=new_id("acm"), examination_id=candidate.examination_id, candidate_id=candidate.id, need=need
        )
        session.add(asked)
    elif asked.state is not RequestState.WITHDRAWN:
        raise Invalid(need=say("You have already asked for this."))
    asked.state, asked.grounds, asked.requested_at = RequestState.REQUESTED, grounds.strip(), at
    asked.document_digest = file.digest if file else None
    asked.document_name = file.filename if file else None
    asked.document_type = file.media_type if file else None
    session.flush()
    audit.record(
        session, "exams.accommodations.create", actor=actor, at=at, subject=asked.id, need=need.value
    )
    return asked


def withdraw_request(session: Session, *, request_id: str, actor: Actor, at: dt.datetime) -> Accommodation:
    """Take a request back that waits for its decision."""
    asked = queries.get_own(session, request_id, actor, lock=True)
    if asked.state is not RequestState.REQUESTED:
        raise Conflict(say("This request was decided in the meantime. Open the page again."))
    asked.state = move(asked.state, RequestState.WITHDRAWN)
    session.flush()
    audit.record(session, "exams.accommodations.withdraw", actor=actor, at=at, subject=asked.id)
    return asked


def decide_request(
    session: Session,
    *,
    request_id: str,
    is_granted: bool,
    extra_minutes: int | None,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Accommodation:
    """Grant or refuse a request with a reason, and tell the candidate; a later decision corrects an earlier.

    Nobody decides on a request of their own. Granted minutes go with a seat that is given already.
    """
    asked = queries.get_request(
        session, request_id, actor, permission="exams.accommodations.decide", lock=True
    )
    if asked.candidate.application.account_id == actor.id:
        raise Conflict("This is your own request. Another officer decides on it.")
    if not reason.strip():
        raise Invalid(reason="Enter the reason.")
    asked.state = move(asked.state, RequestState.GRANTED if is_granted else RequestState.REFUSED)
    asked.extra_minutes = check_minutes(asked.need, is_granted, extra_minutes)
    asked.reason, asked.decided_by, asked.decided_at = reason.strip(), actor.id, at
    seat = session.get(Seat, asked.candidate_id)
    if seat is not None and asked.need is Need.EXTRA_TIME:
        seat.extra_minutes = asked.extra_minutes or 0
    session.flush()
    _record(session, "decide", asked, actor, at, decision=asked.state.value)
    _tell(session, asked, at)
    return asked


def record_download(session: Session, *, asked: Accommodation, actor: Actor, at: dt.datetime) -> None:
    """Record that an officer took the evidence of a request."""
    _record(session, "download", asked, actor, at, digest=asked.document_digest)


def _tell(session: Session, asked: Accommodation, at: dt.datetime) -> None:
    """Mail the decision; what was needed stays off the mail, it is personal."""
    application = asked.candidate.application
    link = links.absolute(f"/my/applications/{application.id}/accommodations")
    mail.promise(
        session,
        key=f"accommodation:{asked.id}:{at.isoformat()}",
        to=application.account.email,
        subject=say("Your request for the examination: %(title)s", title=asked.examination.title),
        body=(
            say("Dear %(name)s,", name=application.account.name),
            say("Your request for the examination was decided. Read the decision here: %(link)s", link=link),
            asked.examination.agency.name,
        ),
        at=at,
        language=application.account.language,
    )


def _record(
    session: Session, act: str, asked: Accommodation, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.accommodations.{act}",
        actor=actor,
        at=at,
        subject=asked.id,
        agency_id=asked.examination.agency_id,
        **details,
    )
