"""Deciding on certified names: appointed, declined, passed over; what is unlawful stores nothing."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.certificates import queries, rules
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.name_services import (
    decline_name,
    demand_appointable,
    find_name,
    form_again,
    list_owed_on,
)
from app.exams.certificates.services import book_of, end, move_placement, record
from app.exams.certificates.states import CertificateState, Outcome, move_outcome
from app.exams.considerations.services import use_consideration
from app.exams.offers.services import demand_no_other_offer
from app.exams.reserves.queries import count_filled
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.services import appoint
from app.personnel.appointments.states import AppointmentKind
from app.platform.actors import Actor
from app.platform.antivirus import Verdict
from app.platform.errors import Invalid, NotFound
from app.recruitment.applications.states import Placement
from app.recruitment.documents.services import StoredFile
from app.recruitment.requisitions.services import fill_position
from app.recruitment.scanning.services import demand_clean, note_verdict


def appoint_name(
    session: Session,
    *,
    certificate_id: str,
    entry_id: str,
    position_id: str,
    starts_on: dt.date,
    kind: AppointmentKind,
    actor: Actor,
    at: dt.datetime,
) -> Appointment:
    """Appoint a certified name to a position of the requisition, if the rule allows it now.

    Conflict with the sentence and citation of each broken rule otherwise. The position gets its
    incumbent, the service record begins, and reach is formed again, in one transaction.
    """
    certificate, entry = _load(session, certificate_id, entry_id, actor, "appoint", at)
    demand_appointable(session, certificate, entry, position_id, at)
    demand_no_other_offer(session, certificate_entry_id=entry.id, position_id=position_id)
    outcome = move_outcome(entry.outcome, Outcome.APPOINTED)
    book, number = book_of(certificate.merit_list), entry.entry.candidate.number
    application = entry.entry.application
    made = appoint(
        session,
        position_id=position_id,
        name=application.applicant_name or "",
        email=application.applicant_email,
        account_id=application.account_id,
        starts_on=starts_on,
        kind=kind,
        authority=book.certification.citation if book.certification else book.citation,
        source=entry.id,
        actor=actor,
        at=at,
    )
    fill_position(session, position_id=position_id, at=at)
    entry.outcome, entry.position_id, entry.decided_by, entry.decided_at = outcome, position_id, actor.id, at
    for placement in (Placement.CERTIFIED, Placement.SELECTED, Placement.APPOINTED):
        move_placement(session, [application.id], placement, "exams.selections.appoint", actor, at)
    for owed in list_owed_on(session, certificate):
        if owed.application.account_id == application.account_id:
            use_consideration(session, owed, used_on=certificate.id, outcome="Appointed.", actor=actor, at=at)
            break
    record(
        session,
        "exams.selections.appoint",
        certificate,
        actor,
        at,
        candidate=number,
        position=position_id,
        appointment=made.id,
    )
    if count_filled(session, certificate) == certificate.vacancies:
        end(session, certificate, CertificateState.CLOSED, actor, at)
    else:
        form_again(session, certificate, actor, at)
    return made


def consider_first(
    session: Session,
    *,
    certificate_id: str,
    consideration_id: str,
    outcome: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Record that a person with a priority consideration was considered first, and why not selected."""
    certificate = queries.get_certificate(session, certificate_id, actor, lock=True)
    actor.demand("exams.selections.consider", certificate.agency_id)
    owed = next((one for one in list_owed_on(session, certificate) if one.id == consideration_id), None)
    if owed is None or certificate.state is not CertificateState.ISSUED:
        raise NotFound("Nothing is owed to this person on this certificate.")
    if not outcome.strip():
        raise Invalid(reason="Enter what came of the consideration.")
    use_consideration(session, owed, used_on=certificate.id, outcome=outcome, actor=actor, at=at)
    record(
        session,
        "exams.selections.consider",
        certificate,
        actor,
        at,
        application=owed.application_id,
        consideration=owed.id,
    )


def record_decline(
    session: Session,
    *,
    certificate_id: str,
    entry_id: str,
    code: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    file: StoredFile | None = None,
    verdict: Verdict | None = None,
) -> CertificateEntry:
    """Record that a certified person declined, with the evidence; the next name comes within reach."""
    certificate, entry = _load(session, certificate_id, entry_id, actor, "decline", at)
    decline_name(
        session,
        certificate,
        entry,
        code=code,
        reason=reason,
        action="exams.selections.decline",
        actor=actor,
        at=at,
    )
    _keep_paper(session, entry, file, verdict, at)
    return entry


def pass_over(
    session: Session,
    *,
    certificate_id: str,
    entry_id: str,
    code: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    file: StoredFile | None = None,
    verdict: Verdict | None = None,
) -> CertificateEntry:
    """Record why a certified name is passed over; it waits for approval where the rulebook asks for one."""
    certificate, entry = _load(session, certificate_id, entry_id, actor, "pass_over", at)
    rules.check_code(rules.PASS_OVERS, code, reason)
    book = book_of(certificate.merit_list)
    waits = rules.needs_approval(book, entry.entry.has_preference)
    entry.outcome = move_outcome(entry.outcome, Outcome.OBJECTED if waits else Outcome.PASSED_OVER)
    entry.code, entry.reason, entry.decided_by, entry.decided_at = code, reason.strip(), actor.id, at
    _keep_paper(session, entry, file, verdict, at)
    if not waits:
        move_placement(
            session,
            [entry.entry.application_id],
            Placement.PASSED_OVER,
            "exams.selections.pass_over",
            actor,
            at,
        )
    number = entry.entry.candidate.number
    record(
        session,
        "exams.selections.pass_over",
        certificate,
        actor,
        at,
        candidate=number,
        code=code,
        waits=waits,
    )
    return entry


def decide_pass_over(
    session: Session,
    *,
    certificate_id: str,
    entry_id: str,
    is_approved: bool,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> CertificateEntry:
    """Approve or refuse a proposed pass-over, by an HR officer other than who proposed it, with a reason."""
    certificate, entry = _load(session, certificate_id, entry_id, actor, "decide_pass_over", at)
    to = Outcome.PASSED_OVER if is_approved else Outcome.PENDING
    outcome = move_outcome(entry.outcome, to)
    rules.demand_second_person(actor.id, entry.decided_by)
    if not reason.strip():
        raise Invalid(reason="Enter the reason for your decision.")
    entry.outcome = outcome
    if is_approved:
        entry.approved_by, entry.approved_at = actor.id, at
        ids = [entry.entry.application_id]
        move_placement(session, ids, Placement.PASSED_OVER, "exams.selections.decide_pass_over", actor, at)
    else:
        entry.code = entry.reason = entry.decided_by = entry.decided_at = None
    record(
        session,
        "exams.selections.decide_pass_over",
        certificate,
        actor,
        at,
        candidate=entry.entry.candidate.number,
        decision="approved" if is_approved else "refused",
        why=reason.strip(),
    )
    return entry


def record_download(
    session: Session, *, certificate_id: str, entry_id: str, actor: Actor, at: dt.datetime
) -> CertificateEntry:
    """Record that an officer reads the paper of a decision, and give the name it is about."""
    certificate = queries.get_certificate(session, certificate_id, actor)
    entry = next((row for row in certificate.entries if row.id == entry_id), None)
    if entry is None or entry.evidence_digest is None:
        raise NotFound("There is no paper with this decision.")
    demand_clean(session, entry.evidence_digest)
    record(session, "exams.selections.download", certificate, actor, at, digest=entry.evidence_digest)
    return entry


def _keep_paper(
    session: Session,
    entry: CertificateEntry,
    file: StoredFile | None,
    verdict: Verdict | None,
    at: dt.datetime,
) -> None:
    if file is not None:
        note_verdict(session, digest=file.digest, verdict=verdict, at=at)
        entry.evidence_digest, entry.evidence_name = file.digest, file.filename
        entry.evidence_type = file.media_type


def _load(
    session: Session, certificate_id: str, entry_id: str, actor: Actor, act: str, at: dt.datetime
) -> tuple[Certificate, CertificateEntry]:
    certificate = queries.get_certificate(session, certificate_id, actor, lock=True)
    actor.demand(f"exams.selections.{act}", certificate.agency_id)
    return certificate, find_name(certificate, entry_id, at)
