"""Reading reserves: who stands in them, which places fell free, who was called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.states import Outcome
from app.exams.examinations.models import Examination
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.reserves.models import ReserveCall, ReserveEntry, ReserveList
from app.exams.reserves.rules import Place
from app.exams.reserves.states import ReserveState
from app.personnel.appointments.models import Appointment
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Placement, Submission
from app.recruitment.postings.models import Posting

_service = aliased(Appointment)
_own = aliased(Application)
_other = aliased(MeritListEntry)
_ended = (
    exists()
    .where(
        _service.source == CertificateEntry.id,
        _service.ended_on <= ReserveList.lapses_on,
        or_(
            _service.entered_on.is_(None) & ReserveList.causes.contains("not-reported"),
            _service.entered_on.is_not(None) & ReserveList.causes.contains("left"),
        ),
    )
    .correlate(CertificateEntry, ReserveList)
)
_called_to = exists().where(ReserveCall.place_id == CertificateEntry.id).correlate(CertificateEntry)
# A certified name whose place fell free by a cause of its reserve, and to which nobody was called yet.
FREE: ColumnElement[bool] = ~_called_to & or_(
    (CertificateEntry.outcome == Outcome.DECLINED) & ReserveList.causes.contains("declined"),
    (CertificateEntry.outcome == Outcome.APPOINTED) & _ended,
)
# Somebody stands in the reserve who was not called and can be considered.
WAITING: ColumnElement[bool] = (
    exists()
    .where(
        ReserveEntry.reserve_id == ReserveList.id,
        _other.id == ReserveEntry.entry_id,
        _own.id == _other.application_id,
        _own.placement != Placement.APPOINTED,
        _own.submission != Submission.WITHDRAWN,
        ~exists().where(ReserveCall.reserve_entry_id == ReserveEntry.id).correlate(ReserveEntry),
    )
    .correlate(ReserveList)
)


def find_reserve(session: Session, certificate_id: str, *, lock: bool = False) -> ReserveList | None:
    """Find the reserve of a certificate, which the caller has loaded for the actor, with people and calls."""
    called = selectinload(ReserveList.entries).joinedload(ReserveEntry.call)
    query = (
        select(ReserveList)
        .where(ReserveList.certificate_id == certificate_id)
        .options(
            selectinload(ReserveList.entries)
            .joinedload(ReserveEntry.entry)
            .options(joinedload(MeritListEntry.candidate), joinedload(MeritListEntry.application)),
            called.joinedload(ReserveCall.caller),
            called.joinedload(ReserveCall.place)
            .joinedload(CertificateEntry.entry)
            .options(joinedload(MeritListEntry.candidate), joinedload(MeritListEntry.application)),
        )
    )
    return session.scalar(query.with_for_update(of=ReserveList) if lock else query)


def get_reserve(session: Session, certificate_id: str, *, lock: bool = False) -> ReserveList:
    """Give the reserve of a certificate, which the caller has loaded for the actor, or raise NotFound."""
    found = find_reserve(session, certificate_id, lock=lock)
    if found is None:
        raise NotFound("No reserve is kept behind this certificate.")
    return found


def list_free_places(session: Session, reserve: ReserveList, zone: str) -> list[Place]:
    """List the places that fell free and that nobody was called to yet, in the order of the names."""
    rows = session.execute(
        select(CertificateEntry, Appointment)
        .join(ReserveList, ReserveList.certificate_id == CertificateEntry.certificate_id)
        .outerjoin(Appointment, Appointment.source == CertificateEntry.id)
        .where(ReserveList.id == reserve.id, FREE)
        .options(
            joinedload(CertificateEntry.entry).options(
                joinedload(MeritListEntry.candidate), joinedload(MeritListEntry.application)
            )
        )
        .order_by(CertificateEntry.position)
    )
    return [_place(name, appointment, zone) for name, appointment in rows]


def _place(name: CertificateEntry, appointment: Appointment | None, zone: str) -> Place:
    application = name.entry.application
    if appointment is not None and appointment.ended_on is not None:
        cause = "left" if appointment.entered_on else "not-reported"
        since, recorded_by = appointment.ended_on, None
    else:
        cause, since = "declined", clock.local_date(name.decided_at or application.started_at, zone)
        recorded_by = name.decided_by if name.decided_by != application.account_id else None
    return Place(
        name.id,
        name.entry.candidate.number,
        application.applicant_name or "",
        cause,
        since,
        recorded_by,
        name.position_id,
    )


def list_given_up(session: Session, certificate_id: str) -> frozenset[str]:
    """Give the ids of names whose place somebody was called to: they hold no vacancy any more."""
    query = (
        select(ReserveCall.place_id)
        .join(CertificateEntry, CertificateEntry.id == ReserveCall.place_id)
        .where(CertificateEntry.certificate_id == certificate_id)
    )
    return frozenset(session.scalars(query))


def count_filled(session: Session, certificate: Certificate) -> int:
    """Count the vacancies of a loaded certificate that are filled now."""
    given_up = list_given_up(session, certificate.id)
    return sum(
        entry.outcome is Outcome.APPOINTED and entry.id not in given_up for entry in certificate.entries
    )


def get_call(session: Session, certificate_id: str, call_id: str) -> ReserveCall:
    """Give a call to a certificate, which the caller has loaded for the actor, or raise NotFound."""
    query = (
        select(ReserveCall)
        .join(CertificateEntry, CertificateEntry.id == ReserveCall.made_id)
        .where(ReserveCall.id == call_id, CertificateEntry.certificate_id == certificate_id)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such call.")
    return found


def list_own(session: Session, application_id: str, actor: Actor) -> Sequence[ReserveEntry]:
    """List the places in reserves that one of the actor's applications has, the newest first."""
    query = (
        select(ReserveEntry)
        .join(ReserveList, ReserveList.id == ReserveEntry.reserve_id)
        .join(MeritListEntry, MeritListEntry.id == ReserveEntry.entry_id)
        .join(Application, Application.id == MeritListEntry.application_id)
        .where(Application.id == application_id, Application.account_id == actor.id)
        .options(joinedload(ReserveEntry.call))
        .order_by(ReserveList.kept_at.desc(), ReserveEntry.id.desc())
    )
    return session.scalars(query).all()


def get_with_list(session: Session, reserve_id: str) -> ReserveList:
    """Give a reserve with its certificate, list and people."""
    query = (
        select(ReserveList)
        .where(ReserveList.id == reserve_id)
        .options(
            joinedload(ReserveList.agency),
            joinedload(ReserveList.certificate)
            .joinedload(Certificate.merit_list)
            .joinedload(MeritList.examination)
            .joinedload(Examination.posting)
            .joinedload(Posting.agency),
            selectinload(ReserveList.entries).options(
                joinedload(ReserveEntry.entry).joinedload(MeritListEntry.candidate),
                joinedload(ReserveEntry.call),
            ),
        )
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("There is no such reserve list."))
    return found


def list_due(session: Session, on: dt.date) -> list[ReserveList]:
    """List standing reserves whose last day is before `on`, with their agencies, by last day."""
    query = (
        select(ReserveList)
        .where(ReserveList.state == ReserveState.STANDING, ReserveList.lapses_on < on)
        .options(joinedload(ReserveList.agency))
        .order_by(ReserveList.lapses_on, ReserveList.id)
        .limit(200)
    )
    return list(session.scalars(query))
