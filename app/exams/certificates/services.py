"""Changing certificates: asked for, issued by a second officer, ended by the last vacancy or the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from app.exams import merit, rulebooks
from app.exams.certificates import queries, rules
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.states import CertificateState, Outcome, move
from app.exams.joint_certificates.queries import load_elsewhere
from app.exams.merit_lists import queries as list_queries
from app.exams.merit_lists import rules as list_rules
from app.exams.merit_lists.models import MeritList
from app.exams.preferred_lists.services import demand_nobody_first
from app.exams.reserves.keeping import end_reserve, keep_reserve
from app.platform import audit, clock, sequences
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.recruitment.applications import services as applications
from app.recruitment.applications.states import Placement
from app.recruitment.requisitions.states import RequisitionState


def request_certificate(
    session: Session,
    *,
    merit_list_id: str,
    requisition_id: str,
    vacancies: int,
    beside: Collection[str] = (),
    actor: Actor,
    at: dt.datetime,
) -> Certificate:
    """Ask for names from a published list; no certificate may be open but those `beside` it in a request."""
    merit_list = list_queries.get_list(session, merit_list_id, actor, lock=True)
    actor.demand("exams.certificates.request_names", merit_list.agency_id)
    requisition = queries.get_requisition_to_fill(session, requisition_id)
    if requisition is None:
        raise Invalid(requisition_id="Select a requisition from the list.")
    vacant = queries.vacant_positions(requisition)
    rules.check_request(
        list_state=merit_list.state,
        in_force=is_in_force(merit_list, at),
        requisition_approved=requisition.state is RequisitionState.APPROVED,
        same_agency=requisition.agency_id == merit_list.agency_id,
        same_class={position.class_code for position in vacant}
        <= {merit_list.examination.posting.class_code},
        vacant=len(vacant),
        vacancies=vacancies,
    )
    if set(queries.list_open(session, requisition.id)) - set(beside):
        raise Invalid(requisition_id="A certificate for this requisition is already open.")
    rules.demand_not_scorer(actor.id, merit_list.drafted_by)
    demand_nobody_first(session, merit_list, at)
    book = book_of(merit_list)
    if book.certification is None:
        raise Conflict("The rulebook of this list has no rule for certifying names.")
    number = sequences.next_number(session, f"certificate:{at.year}")
    certificate = Certificate(
        id=new_id("crt"),
        number=f"CERT-{at.year}-{number:04d}",
        merit_list_id=merit_list.id,
        requisition_id=requisition.id,
        agency_id=merit_list.agency_id,
        rule=book.certification.reach,
        vacancies=vacancies,
        state=CertificateState.DRAFTED,
        requested_by=actor.id,
        requested_at=at,
    )
    session.add(certificate)
    session.flush()
    record(
        session,
        "exams.certificates.request_names",
        certificate,
        actor,
        at,
        vacancies=vacancies,
        list=merit_list.digest,
    )
    return certificate


def issue_certificate(session: Session, *, certificate_id: str, actor: Actor, at: dt.datetime) -> Certificate:
    """Issue a certificate, by an HR officer other than who asked: the names in reach today are fixed."""
    certificate = _load(session, certificate_id, actor, "issue")
    state = move(certificate.state, CertificateState.ISSUED)
    merit_list = certificate.merit_list
    rules.demand_other_person(actor.id, certificate.requested_by, merit_list.drafted_by)
    if not is_in_force(merit_list, at):
        raise Conflict("This list is no longer in force, so nobody can be certified from it.")
    demand_nobody_first(session, merit_list, at)
    formed = form_now(session, certificate, at)
    if not formed.names:
        raise Conflict("Nobody on the list can be considered any more, so there are no names to certify.")
    certificate.state, certificate.issued_by, certificate.issued_at = state, actor.id, at
    certificate.expires_on = formed.expires_on
    numbers = [name.candidate_id for name in formed.names]
    certify_names(session, certificate, numbers, actor, at)
    details = {"names": numbers, "digest": formed.digest}
    if kept := keep_reserve(session, certificate, book_of(merit_list), formed, at):
        details["reserve"] = kept
    record(session, "exams.certificates.issue", certificate, actor, at, **details)
    return certificate


def discard_certificate(
    session: Session, *, certificate_id: str, actor: Actor, at: dt.datetime
) -> Certificate:
    """Give up a certificate that was not issued."""
    certificate = _load(session, certificate_id, actor, "discard")
    certificate.state, certificate.ended_at = move(certificate.state, CertificateState.DISCARDED), at
    record(session, "exams.certificates.discard", certificate, actor, at)
    return certificate


def close_certificate(
    session: Session, *, certificate_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Certificate:
    """Return a certificate before every vacancy is filled, with a reason; open names go back to the list."""
    certificate = _load(session, certificate_id, actor, "close")
    if not reason.strip():
        raise Invalid(reason="Enter why the certificate is returned.")
    end(session, certificate, CertificateState.CLOSED, actor, at)
    end_reserve(session, certificate.id, at)
    record(session, "exams.certificates.close", certificate, actor, at, why=reason.strip())
    return certificate


def expire_certificates(session: Session, *, at: dt.datetime) -> int:
    """End every certificate whose last day is over in its agency's zone, and tell how many there were."""
    ended = 0
    for due in queries.list_due(session, at.date() + dt.timedelta(days=1)):
        today = clock.local_date(at, due.agency.time_zone)
        if due.expires_on is None or due.expires_on >= today:
            continue
        certificate = queries.get_due(session, due.id)
        end(session, certificate, CertificateState.EXPIRED, SYSTEM, at)
        record(session, "exams.certificates.expire", certificate, SYSTEM, at, last_day=certificate.expires_on)
        ended += 1
    return ended


def certify_names(
    session: Session, certificate: Certificate, numbers: Sequence[str], actor: Actor, at: dt.datetime
) -> None:
    """Put candidates on a certificate, in order, behind those who stand on it."""
    found = queries.load_entries_by_number(session, certificate.merit_list_id, numbers)
    first = max((entry.position for entry in certificate.entries), default=0) + 1
    for position, number in enumerate(numbers, start=first):
        entry = found[number]
        certificate.entries.append(
            CertificateEntry(id=new_id("cen"), entry=entry, position=position, outcome=Outcome.PENDING)
        )
    session.flush()
    move_placement(
        session,
        [found[number].application_id for number in numbers],
        Placement.CERTIFIED,
        "exams.certificates.issue",
        actor,
        at,
    )


def end(
    session: Session, certificate: Certificate, to: CertificateState, actor: Actor, at: dt.datetime
) -> None:
    """End a certificate; its open names go back to the list unless another certificate has them."""
    certificate.state, certificate.ended_at = move(certificate.state, to), at
    open_names = [
        entry.entry.application_id
        for entry in certificate.entries
        if entry.outcome in (Outcome.PENDING, Outcome.OBJECTED)
    ]
    elsewhere = queries.list_certified_elsewhere(session, open_names, certificate.id)
    returning = [own for own in open_names if own not in elsewhere]
    move_placement(session, returning, Placement.NONE, "exams.certificates.close", actor, at)


def call_name(
    session: Session, certificate: Certificate, number: str, actor: Actor, at: dt.datetime
) -> CertificateEntry:
    """Put somebody called from the reserve on a certificate, which is open again where it was filled."""
    if certificate.state is not CertificateState.ISSUED:
        certificate.state, certificate.ended_at = move(certificate.state, CertificateState.ISSUED), None
    certify_names(session, certificate, [number], actor, at)
    return certificate.entries[-1]


def move_placement(
    session: Session, ids: Sequence[str], to: Placement, action: str, actor: Actor, at: dt.datetime
) -> None:
    """Move applications on the axis of placement as part of an act on a certificate."""
    if ids:
        applications.record_placement(session, application_ids=ids, to=to, action=action, actor=actor, at=at)


def form_now(session: Session, certificate: Certificate, at: dt.datetime) -> merit.Certificate:
    """Form a certificate as it would be if it were issued now, or an issued one again."""
    merit_list = certificate.merit_list
    zone = merit_list.examination.agency.time_zone
    return rules.form(
        book_of(merit_list),
        queries.load_eligibles(session, merit_list.id),
        vacancies=certificate.vacancies,
        issued_on=clock.local_date(certificate.issued_at or at, zone),
        unavailable={
            *queries.list_gone(session, merit_list.id, certificate.id),
            *load_elsewhere(session, certificate.id),
        },
        certified=[entry.entry.candidate.number for entry in certificate.entries],
    )


def book_of(merit_list: MeritList) -> merit.Rulebook:
    """Give the frozen rulebook of a list that is loaded with its examination."""
    examination = merit_list.examination
    return rulebooks.read(examination.rulebook_text, examination.rulebook_digest)


def is_in_force(merit_list: MeritList, at: dt.datetime) -> bool:
    """Tell whether a list, loaded with its examination, is published and has not ended."""
    today = clock.local_date(at, merit_list.examination.agency.time_zone)
    return list_rules.is_in_force(merit_list.state, merit_list.expires_on, today)


def is_live(certificate: Certificate, at: dt.datetime) -> bool:
    """Tell whether decisions can be recorded on a certificate: issued, and its list in force."""
    return certificate.state is CertificateState.ISSUED and is_in_force(certificate.merit_list, at)


def _load(session: Session, certificate_id: str, actor: Actor, act: str) -> Certificate:
    certificate = queries.get_certificate(session, certificate_id, actor, lock=True)
    actor.demand(f"exams.certificates.{act}", certificate.agency_id)
    return certificate


def record(
    session: Session, action: str, certificate: Certificate, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act on a certificate in the audit trail."""
    audit.record(
        session,
        action,
        actor=actor,
        at=at,
        subject=certificate.id,
        agency_id=certificate.agency_id,
        **details,
    )
