"""The hiring action file: one vacancy from requisition to appointment, with what proves each step.

What an agency keeps to rebuild a hiring action is laid down in 5 CFR 335.103(b)(5) and in the OPM's Delegated
Examining Operations Handbook, chapter 6 (read 2026-11-22); the columns here are all that is exported.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.compliance.ledger.queries import list_events_about
from app.compliance.reports import hiring_sections as parts
from app.compliance.reports.document import Report, Section
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.responses.models import ResponseImport
from app.notices.models import Notice
from app.personnel.appointments.models import Appointment
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.postings.models import Posting
from app.recruitment.requisitions.models import Requisition, RequisitionPosition
from app.recruitment.screening.models import CriterionDecision, ScreeningOutcome

NAME = "hiring-action-file"
PERMISSION = "compliance.reports.hiring_action_file"


def list_postings(session: Session, actor: Actor, text: str = "") -> list[Posting]:
    """List the postings an auditor may have a file of, newest first, at most a hundred."""
    found = select(Posting).options(joinedload(Posting.agency)).where(Posting.source == "meritum")
    allowed = actor.agencies(PERMISSION)
    if allowed is not None:
        found = found.where(Posting.agency_id.in_(sorted(allowed)))
    if text:
        found = found.where(Posting.search_text.contains(text.casefold(), autoescape=True))
    return list(session.scalars(found.order_by(Posting.created_at.desc(), Posting.id.desc()).limit(100)))


def build(session: Session, *, posting_id: str, actor: Actor, at: dt.datetime) -> Report:
    """Build the file of one posting; NotFound when it is not in the actor's scope."""
    posting = session.scalar(
        select(Posting)
        .where(Posting.id == posting_id)
        .options(joinedload(Posting.agency), selectinload(Posting.criteria))
    )
    if posting is None or not actor.may(PERMISSION, posting.agency_id):
        raise NotFound("There is no such posting.")
    subjects = {posting.id}
    sections = [
        *_recruitment(session, posting, subjects),
        *_examination(session, posting, subjects),
        *_placement(session, posting, subjects),
    ]
    notices = session.scalars(select(Notice).where(Notice.subject.in_(sorted(subjects))).order_by(Notice.id))
    sections.append(parts.letters(list(notices)))
    sections.append(parts.trail(list_events_about(session, subjects)))
    return Report(
        name=NAME,
        title=f"Hiring action file: {posting.title}",
        number=posting.number,
        agency=posting.agency.name,
        made_at=at,
        zone=posting.time_zone,
        facts=parts.facts(posting, at),
        sections=tuple(sections),
    )


def _recruitment(session: Session, posting: Posting, subjects: set[str]) -> list[Section]:
    requisition = session.scalar(
        select(Requisition)
        .where(Requisition.id == posting.requisition_id)
        .options(
            joinedload(Requisition.creator),
            joinedload(Requisition.decider),
            selectinload(Requisition.entries).joinedload(RequisitionPosition.position),
        )
    )
    applications = list(
        session.scalars(
            select(Application).where(Application.posting_id == posting.id).order_by(Application.number)
        )
    )
    ids = [application.id for application in applications]
    outcomes = session.scalars(
        select(ScreeningOutcome)
        .where(ScreeningOutcome.application_id.in_(ids))
        .options(joinedload(ScreeningOutcome.decider), joinedload(ScreeningOutcome.application))
        .order_by(ScreeningOutcome.decided_at, ScreeningOutcome.id)
    )
    decisions = session.scalars(
        select(CriterionDecision)
        .where(CriterionDecision.application_id.in_(ids))
        .options(joinedload(CriterionDecision.criterion))
        .order_by(CriterionDecision.application_id, CriterionDecision.criterion_id)
    )
    claims = session.scalars(
        select(ApplicationClaim).where(ApplicationClaim.application_id.in_(ids)).order_by(ApplicationClaim.id)
    )
    subjects.update(ids)
    if requisition is not None:
        subjects.add(requisition.id)
    numbers = {application.id: application.number or "Draft" for application in applications}
    return [
        parts.requisition(requisition),
        parts.criteria(posting),
        parts.applications(applications),
        parts.screening(list(outcomes)),
        parts.criterion_decisions(list(decisions), numbers),
        parts.claims(list(claims), numbers),
    ]


def _examination(session: Session, posting: Posting, subjects: set[str]) -> list[Section]:
    examination = session.scalar(select(Examination).where(Examination.posting_id == posting.id))
    if examination is None:
        return []
    own = examination.id
    keys = list(
        session.scalars(
            select(KeyVersion)
            .where(KeyVersion.examination_id == own)
            .options(joinedload(KeyVersion.proposer), joinedload(KeyVersion.decider))
            .order_by(KeyVersion.version)
        )
    )
    imports = list(
        session.scalars(
            select(ResponseImport)
            .where(ResponseImport.examination_id == own)
            .order_by(ResponseImport.imported_at, ResponseImport.id)
        )
    )
    lists = list(
        session.scalars(
            select(MeritList)
            .where(MeritList.examination_id == own)
            .options(
                joinedload(MeritList.drafter), joinedload(MeritList.approver), joinedload(MeritList.publisher)
            )
            .order_by(MeritList.version)
        )
    )
    entries = session.scalars(
        select(MeritListEntry)
        .where(MeritListEntry.list_id.in_([made.id for made in lists]))
        .options(joinedload(MeritListEntry.candidate))
        .order_by(MeritListEntry.list_id, MeritListEntry.place)
    )
    subjects.add(own)
    subjects.update(row.id for row in keys)
    subjects.update(row.id for row in imports)
    subjects.update(row.id for row in lists)
    versions = {made.id: made.version for made in lists}
    return [
        parts.examination(examination),
        parts.keys(keys),
        parts.imports(imports),
        parts.merit_lists(lists),
        parts.entries(list(entries), versions),
    ]


def _placement(session: Session, posting: Posting, subjects: set[str]) -> list[Section]:
    certificates = list(
        session.scalars(
            select(Certificate)
            .where(Certificate.requisition_id == posting.requisition_id)
            .options(
                joinedload(Certificate.requester),
                joinedload(Certificate.issuer),
                selectinload(Certificate.entries).options(
                    joinedload(CertificateEntry.entry).joinedload(MeritListEntry.candidate),
                    joinedload(CertificateEntry.appointed_to),
                    joinedload(CertificateEntry.decider),
                    joinedload(CertificateEntry.approver),
                ),
            )
            .order_by(Certificate.number)
        )
    )
    names = [entry.id for certificate in certificates for entry in certificate.entries]
    appointments = list(
        session.scalars(
            select(Appointment)
            .where(Appointment.source.in_(names))
            .options(joinedload(Appointment.employee), joinedload(Appointment.position))
            .order_by(Appointment.starts_on, Appointment.id)
        )
    )
    subjects.update(certificate.id for certificate in certificates)
    subjects.update(names)
    subjects.update(appointment.id for appointment in appointments)
    return [
        parts.certificates(certificates),
        parts.selections(certificates),
        parts.appointments(appointments),
    ]
