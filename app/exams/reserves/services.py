"""Calling the next in reserve to a place that fell free, and letting reserves lapse."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.certificates import services as certificates
from app.exams.certificates.models import Certificate
from app.exams.certificates.queries import get_certificate, list_gone, vacant_positions
from app.exams.certificates.rules import demand_not_scorer
from app.exams.certificates.services import is_in_force, record
from app.exams.merit import reserve as merit_reserve
from app.exams.reserves import letters, queries, rules
from app.exams.reserves.models import ReserveCall, ReserveEntry, ReserveList
from app.exams.reserves.rules import Place
from app.exams.reserves.states import ReserveState, move
from app.platform import audit, clock, db
from app.platform.actors import SYSTEM, Actor
from app.platform.antivirus import Verdict
from app.platform.errors import Conflict, NotFound
from app.platform.ids import new_id
from app.recruitment.documents.services import StoredFile
from app.recruitment.requisitions.services import reopen_position
from app.recruitment.scanning.services import demand_clean, note_verdict


def call_next(
    session: Session,
    *,
    certificate_id: str,
    place_id: str,
    reserve_entry_id: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    file: StoredFile | None = None,
    verdict: Verdict | None = None,
) -> ReserveCall:
    """Call the next in reserve to a place of the certificate that fell free, and promise the letter.

    `reserve_entry_id` is whom the officer saw as next: Conflict when that is somebody else by now. The name
    stands on the certificate then and is decided on like any other; a certificate that was filled is open
    again, and so is the position in its requisition.
    """
    certificate = get_certificate(session, certificate_id, actor, lock=True)
    actor.demand("exams.reserves.call", certificate.agency_id)
    reserve = queries.get_reserve(session, certificate_id, lock=True)
    demand_callable(certificate, reserve, at)
    demand_not_scorer(actor.id, certificate.merit_list.drafted_by)
    zone = certificate.agency.time_zone
    place = rules.find_place(queries.list_free_places(session, reserve, zone), place_id)
    due = find_next(session, certificate, reserve)
    rules.demand_next(reserve_entry_id, due.id if due else None)
    entry = next(entry for entry in reserve.entries if entry.id == reserve_entry_id)
    rules.demand_other_person(actor.id, place, entry.entry.application.account_id)
    reason = rules.check_reason(reason)
    _open_place(session, certificate, place)
    number = entry.entry.candidate.number
    made = certificates.call_name(session, certificate, number, actor, at)
    call = ReserveCall(
        id=new_id("rsc"),
        reserve_entry_id=entry.id,
        place_id=place.name_id,
        made_id=made.id,
        cause=place.cause,
        free_since=place.since,
        reason=reason,
        called_by=actor.id,
        called_at=at,
    )
    if file is not None:
        _keep_paper(session, call, file, verdict, at)
    session.add(call)
    session.flush()
    record(
        session,
        "exams.reserves.call",
        certificate,
        actor,
        at,
        candidate=number,
        place=place.number,
        cause=place.cause,
    )
    letters.promise_call(session, reserve.id, entry, call.id, actor, at)
    return call


def demand_callable(certificate: Certificate, reserve: ReserveList, at: dt.datetime) -> None:
    """Raise Conflict when nobody can be called from the reserve of a loaded certificate at a moment."""
    merit_list = certificate.merit_list
    today = clock.local_date(at, certificate.agency.time_zone)
    rules.demand_alive(reserve.state, reserve.lapses_on, today, merit_list.state, is_in_force(merit_list, at))
    rules.demand_certificate(certificate.state)


def find_next(session: Session, certificate: Certificate, reserve: ReserveList) -> ReserveEntry | None:
    """Find who is called next: the first in order who was not called and can still be considered."""
    gone = set(list_gone(session, certificate.merit_list_id, certificate.id))
    by_number = {entry.entry.candidate.number: entry for entry in reserve.entries}
    called = {number for number, entry in by_number.items() if entry.call is not None}
    found = merit_reserve.next_in_line(list(by_number), called, gone)
    return by_number[found] if found else None


def lapse_reserves(session: Session, *, at: dt.datetime) -> int:
    """End every reserve whose last day is over in its agency's zone, and tell how many there were."""
    lapsed = 0
    for reserve in queries.list_due(session, at.date() + dt.timedelta(days=1)):
        if reserve.lapses_on >= clock.local_date(at, reserve.agency.time_zone):
            continue
        with db.savepoint(session):
            reserve.state, reserve.ended_at = move(reserve.state, ReserveState.LAPSED), at
            session.flush()
            audit.record(
                session,
                "exams.reserves.lapse",
                actor=SYSTEM,
                at=at,
                subject=reserve.certificate_id,
                agency_id=reserve.agency_id,
                last_day=reserve.lapses_on,
            )
        lapsed += 1
    return lapsed


def record_download(
    session: Session, *, certificate_id: str, call_id: str, actor: Actor, at: dt.datetime
) -> ReserveCall:
    """Record that an officer reads the paper of a call, and give the call."""
    certificate = get_certificate(session, certificate_id, actor)
    call = queries.get_call(session, certificate_id, call_id)
    if call.evidence_digest is None:
        raise NotFound("There is no paper with this call.")
    demand_clean(session, call.evidence_digest)
    record(session, "exams.reserves.download", certificate, actor, at, digest=call.evidence_digest)
    return call


def _keep_paper(
    session: Session, call: ReserveCall, file: StoredFile, verdict: Verdict | None, at: dt.datetime
) -> None:
    note_verdict(session, digest=file.digest, verdict=verdict, at=at)
    call.evidence_digest, call.evidence_name, call.evidence_type = file.digest, file.filename, file.media_type


def _open_place(session: Session, certificate: Certificate, place: Place) -> None:
    """Make sure that the certificate's requisition has a position for who is called."""
    requisition = certificate.requisition
    if place.position_id is not None:
        reopen_position(session, requisition_id=requisition.id, position_id=place.position_id)
        return
    if not vacant_positions(requisition):
        raise Conflict("Every position of the requisition is filled, so nobody can be called to one.")
