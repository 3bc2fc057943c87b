"""Reading audits, and all that the replay of a certificate needs."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.exams import merit
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.queries import load_eligibles, load_gone
from app.exams.certificates.services import book_of
from app.exams.certificates.states import Outcome
from app.exams.examinations.models import Candidate
from app.exams.joint_certificates.queries import load_elsewhere
from app.exams.merit_lists.models import MeritListEntry
from app.exams.merit_lists.queries import find_published
from app.exams.merit_lists.states import ListState
from app.exams.selection_audits.models import SelectionAudit
from app.exams.selection_audits.rules import Decision, Record
from app.personnel.appointments.models import Appointment
from app.platform import clock, scope
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound
from app.recruitment.applications.models import Application

READ = "exams.selection_audits.show"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps audits to the agencies in which the actor may read them."""
    return scope.within(SelectionAudit.agency_id, actor, READ)


def get_audit(session: Session, audit_id: str, actor: Actor, *, lock: bool = False) -> SelectionAudit:
    """Give an audit with its certificate, or raise NotFound."""
    query = (
        select(SelectionAudit)
        .where(SelectionAudit.id == audit_id, visible_to(actor))
        .options(
            joinedload(SelectionAudit.certificate),
            joinedload(SelectionAudit.agency),
            joinedload(SelectionAudit.auditor),
            joinedload(SelectionAudit.settler),
        )
    )
    found = session.scalar(query.with_for_update(of=SelectionAudit) if lock else query)
    if found is None:
        raise NotFound("There is no such audit.")
    return found


def find_latest(session: Session, certificate_id: str) -> SelectionAudit | None:
    """Find the last audit of a certificate."""
    return session.scalar(
        select(SelectionAudit)
        .where(SelectionAudit.certificate_id == certificate_id)
        .order_by(SelectionAudit.audited_at.desc(), SelectionAudit.id.desc())
        .limit(1)
    )


def list_audits(session: Session, certificate_id: str) -> list[SelectionAudit]:
    """List the audits of a certificate, the newest first, with who made them."""
    query = (
        select(SelectionAudit)
        .where(SelectionAudit.certificate_id == certificate_id)
        .options(joinedload(SelectionAudit.auditor))
        .order_by(SelectionAudit.audited_at.desc(), SelectionAudit.id.desc())
    )
    return list(session.scalars(query))


def load_decisions(session: Session, certificate_id: str) -> list[tuple[str, str, str]]:
    """Load the decisions on a certificate as an audit covers them: candidate, outcome, moment, in order."""
    rows = session.execute(
        select(Candidate.number, CertificateEntry.outcome, CertificateEntry.decided_at)
        .join(MeritListEntry, MeritListEntry.id == CertificateEntry.entry_id)
        .join(Candidate, Candidate.id == MeritListEntry.candidate_id)
        .where(
            CertificateEntry.certificate_id == certificate_id,
            CertificateEntry.outcome.not_in((Outcome.PENDING, Outcome.OBJECTED)),
        )
        .order_by(CertificateEntry.position)
    )
    return [(number, outcome.value, str(decided_at)) for number, outcome, decided_at in rows]


def find_certificate_of(session: Session, entry_id: str) -> tuple[str, str] | None:
    """Find the id and number of the certificate that a name stands on."""
    row = session.execute(
        select(Certificate.id, Certificate.number)
        .join(CertificateEntry, CertificateEntry.certificate_id == Certificate.id)
        .where(CertificateEntry.id == entry_id)
    ).first()
    return (row[0], row[1]) if row else None


def load_applications(session: Session, list_id: str, numbers: list[str]) -> dict[str, Application]:
    """Map candidate numbers of a list's examination to their applications."""
    rows = session.execute(
        select(Candidate.number, Application)
        .join(MeritListEntry, MeritListEntry.candidate_id == Candidate.id)
        .join(Application, Application.id == Candidate.application_id)
        .where(MeritListEntry.list_id == list_id, Candidate.number.in_(numbers))
    )
    return {number: application for number, application in rows}  # noqa: C416 (rows are no pairs to mypy)


def load_record(session: Session, certificate: Certificate) -> Record:
    """Load a certificate, which comes with list and names, as its replay reads it."""
    if certificate.issued_at is None:
        raise Conflict("This certificate was not issued, so there is nothing to audit.")
    merit_list = certificate.merit_list
    zone = merit_list.examination.agency.time_zone
    decisions = [
        Decision(
            entry.entry.candidate.number,
            entry.outcome,
            at,
            clock.local_date(at, zone),
            entry.approved_by is not None,
        )
        for entry in certificate.entries
        if entry.outcome not in (Outcome.PENDING, Outcome.OBJECTED)
        and (at := entry.approved_at or entry.decided_at) is not None
    ]
    return Record(
        book=book_of(merit_list),
        eligibles=load_eligibles(session, merit_list.id),
        vacancies=certificate.vacancies,
        issued_at=certificate.issued_at,
        issued_on=clock.local_date(certificate.issued_at, zone),
        certified=[entry.entry.candidate.number for entry in certificate.entries],
        preference={
            entry.entry.candidate.number: entry.entry.has_preference for entry in certificate.entries
        },
        decisions=sorted(decisions, key=lambda one: (one.at, one.number)),
        gone=_load_gone(session, certificate),
        list_ends_on=merit_list.expires_on,
        expires_on=certificate.expires_on,
        corrected=_load_corrected(session, certificate),
    )


def _load_corrected(session: Session, certificate: Certificate) -> list[merit.Eligible] | None:
    merit_list = certificate.merit_list
    if merit_list.state is ListState.PUBLISHED:
        return None
    now = find_published(session, merit_list.examination_id)
    return load_eligibles(session, now.id) if now is not None else None


def _load_gone(session: Session, certificate: Certificate) -> dict[str, dt.datetime]:
    """Load since when candidates are out of reach; from the start, who stands on an earlier list."""
    merit_list = certificate.merit_list
    gone = load_gone(session, merit_list.id, merit_list.examination_id, certificate.id)
    return gone | dict.fromkeys(load_elsewhere(session, certificate.id), certificate.requested_at)


def list_from(session: Session, certificate_id: str, actor: Actor) -> list[Appointment]:
    """List the appointments made from a certificate, in the order of its names."""
    query = (
        select(Appointment)
        .join(CertificateEntry, CertificateEntry.id == Appointment.source)
        .join(Certificate, Certificate.id == CertificateEntry.certificate_id)
        .where(Certificate.id == certificate_id, scope.within(Certificate.agency_id, actor, READ))
        .order_by(CertificateEntry.position)
    )
    return list(session.scalars(query))
