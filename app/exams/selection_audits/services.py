"""Auditing certificates, and what keeps a person from entering on duty until that is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace

from sqlalchemy.orm import Session

from app.exams.certificates.queries import get_certificate
from app.exams.joint_certificates.replays import list_faults
from app.exams.preferred_lists.replays import list_passed_over
from app.exams.reserves.replays import list_reserve_faults, load_calls
from app.exams.selection_audits import queries, rules
from app.exams.selection_audits.models import SelectionAudit
from app.personnel.appointments.models import Appointment
from app.platform import audit
from app.platform.actors import Actor
from app.platform.ids import new_id


def audit_certificate(
    session: Session, *, certificate_id: str, actor: Actor, at: dt.datetime
) -> SelectionAudit:
    """Replay a certificate and store what was found; by an officer who decided on none of its names."""
    certificate = get_certificate(session, certificate_id, actor, lock=True)
    actor.demand("exams.selection_audits.create", certificate.agency_id)
    rules.demand_uninvolved(actor.id, [entry.decided_by for entry in certificate.entries])
    calls = load_calls(session, certificate.id)
    record = replace(queries.load_record(session, certificate), calls=calls)
    findings = [
        *rules.replay(record),
        *(rules.Finding("order", "", fault) for fault in list_faults(session, certificate)),
        *(rules.Finding("order", "", fault) for fault in list_passed_over(session, certificate)),
        *(rules.Finding("reserve", *fault) for fault in list_reserve_faults(session, certificate, record)),
    ]
    made = SelectionAudit(
        id=new_id("sau"),
        certificate_id=certificate.id,
        agency_id=certificate.agency_id,
        is_lawful=not findings,
        findings=[asdict(finding) for finding in findings],
        decisions_digest=rules.decisions_digest(queries.load_decisions(session, certificate.id)),
        digest=rules.audit_digest(record, findings),
        audited_by=actor.id,
        audited_at=at,
    )
    session.add(made)
    session.flush()
    audit.record(
        session,
        "exams.selection_audits.create",
        actor=actor,
        at=at,
        subject=certificate.id,
        agency_id=certificate.agency_id,
        audit=made.id,
        digest=made.digest,
        findings=len(findings),
    )
    return made


def settle_audit(
    session: Session, *, audit_id: str, settlement: str, actor: Actor, at: dt.datetime
) -> SelectionAudit:
    """Record how what an audit found is put right, by an officer other than who audited."""
    found = queries.get_audit(session, audit_id, actor, lock=True)
    actor.demand("exams.selection_audits.settle", found.agency_id)
    found.settlement = rules.check_settlement(settlement, found.is_lawful, actor.id, found.audited_by)
    found.settled_by, found.settled_at = actor.id, at
    session.flush()
    audit.record(
        session,
        "exams.selection_audits.settle",
        actor=actor,
        at=at,
        subject=found.certificate_id,
        agency_id=found.agency_id,
        audit=found.id,
    )
    return found


def find_bar(session: Session, appointment: Appointment) -> str | None:
    """Say why somebody who was selected from a certificate may not enter on duty; None when nothing does."""
    if not (appointment.source or "").startswith("cen"):
        return None
    certificate = queries.find_certificate_of(session, str(appointment.source))
    if certificate is None:
        return None
    own, number = certificate
    latest = queries.find_latest(session, own)
    if latest is None:
        return f"The selection from certificate {number} has to be audited first."
    if latest.decisions_digest != rules.decisions_digest(queries.load_decisions(session, own)):
        return f"Certificate {number} was decided on after its last audit. Audit it again first."
    if not latest.is_lawful and latest.settled_at is None:
        return f"The audit of certificate {number} found faults that are not settled."
    return None
