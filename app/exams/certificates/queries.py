"""Reading certificates, their names, and what can be certified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams import merit
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.rules import DECLINES
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.examinations.models import Candidate, Examination
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.personnel.positions.models import Position
from app.personnel.positions.states import PositionState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Placement, Submission
from app.recruitment.requisitions.models import Requisition, RequisitionPosition
from app.recruitment.requisitions.states import RequisitionState

READ = "exams.certificates.list_staff"
MOST_REQUISITIONS = 200
OPEN = (CertificateState.DRAFTED, CertificateState.ISSUED)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps certificates to the agencies in which the actor may read them."""
    return scope.within(Certificate.agency_id, actor, READ)


def get_certificate(
    session: Session, certificate_id: str, actor: Actor, *, lock: bool = False
) -> Certificate:
    """Give a certificate with list, requisition and names; NotFound outside the actor's agencies."""
    return _one(session, (Certificate.id == certificate_id) & visible_to(actor), lock=lock)


def get_due(session: Session, certificate_id: str) -> Certificate:
    """Give a certificate, locked, for the clock or for a person on it who answers an offer."""
    return _one(session, Certificate.id == certificate_id, lock=True)


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool) -> Certificate:
    entry = selectinload(Certificate.entries)
    query = (
        select(Certificate)
        .where(condition)
        .options(
            selectinload(Certificate.agency),
            selectinload(Certificate.requester),
            selectinload(Certificate.issuer),
            selectinload(Certificate.requisition)
            .selectinload(Requisition.entries)
            .joinedload(RequisitionPosition.position),
            selectinload(Certificate.merit_list)
            .selectinload(MeritList.examination)
            .options(selectinload(Examination.posting), selectinload(Examination.agency)),
            entry.joinedload(CertificateEntry.entry).options(
                joinedload(MeritListEntry.candidate), joinedload(MeritListEntry.application)
            ),
            entry.joinedload(CertificateEntry.appointed_to),
            entry.joinedload(CertificateEntry.decider),
            entry.joinedload(CertificateEntry.approver),
        )
    )
    found = session.scalar(query.with_for_update(of=Certificate) if lock else query)
    if found is None:
        raise NotFound("There is no such certificate.")
    return found


def list_certificates(
    session: Session, actor: Actor, *, state: CertificateState | None = None, cursor: str = ""
) -> keyset.Page[Certificate]:
    """List a page of certificates, newest first."""
    query = (
        select(Certificate)
        .where(visible_to(actor))
        .options(
            joinedload(Certificate.agency),
            joinedload(Certificate.requisition),
            joinedload(Certificate.merit_list).joinedload(MeritList.examination),
        )
    )
    if state:
        query = query.where(Certificate.state == state)
    return keyset.fetch(session, query, (Certificate.id,), is_descending=True, cursor=cursor)


def list_for_list(session: Session, list_id: str, actor: Actor) -> list[Certificate]:
    """List the certificates made from a list that the actor may see, newest first."""
    query = (
        select(Certificate)
        .where(Certificate.merit_list_id == list_id, visible_to(actor))
        .order_by(Certificate.id.desc())
    )
    return list(session.scalars(query))


def count_names(session: Session, certificate_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Count the names of each certificate and those appointed; one without names is left out."""
    is_appointed = CertificateEntry.outcome == Outcome.APPOINTED
    rows = session.execute(
        select(CertificateEntry.certificate_id, func.count(), func.count().filter(is_appointed))
        .where(CertificateEntry.certificate_id.in_(certificate_ids))
        .group_by(CertificateEntry.certificate_id)
    )
    return {own: (names, appointed) for own, names, appointed in rows}


def list_requisitions_to_fill(session: Session, *, agency_id: str, class_code: str) -> list[Requisition]:
    """List approved requisitions with a vacant position of the class and no open certificate, by number."""
    vacant = (
        exists()
        .where(
            RequisitionPosition.requisition_id == Requisition.id,
            RequisitionPosition.is_live,
            RequisitionPosition.position_id == Position.id,
            Position.class_code == class_code,
            Position.incumbent_id.is_(None),
        )
        .correlate(Requisition)
    )
    query = (
        select(Requisition)
        .where(
            Requisition.agency_id == agency_id,
            Requisition.state == RequisitionState.APPROVED,
            vacant,
            ~exists().where(Certificate.requisition_id == Requisition.id, Certificate.state.in_(OPEN)),
        )
        .options(selectinload(Requisition.entries).joinedload(RequisitionPosition.position))
        .order_by(Requisition.number)
        .limit(MOST_REQUISITIONS)
    )
    return list(session.scalars(query))


def list_open(session: Session, requisition_id: str) -> list[str]:
    """List the ids of the certificates for a requisition that are drafted or issued."""
    query = select(Certificate.id).where(
        Certificate.requisition_id == requisition_id, Certificate.state.in_(OPEN)
    )
    return list(session.scalars(query))


def get_requisition_to_fill(session: Session, requisition_id: str) -> Requisition | None:
    """Find a requisition with its positions, locked; whether it may be filled is for the rules."""
    return session.scalar(
        select(Requisition)
        .where(Requisition.id == requisition_id)
        .options(selectinload(Requisition.entries).joinedload(RequisitionPosition.position))
        .with_for_update()
    )


def vacant_positions(requisition: Requisition) -> list[Position]:
    """Give the positions of a loaded requisition that can still be filled, by number."""
    positions = [
        entry.position
        for entry in requisition.entries
        if entry.is_live
        and entry.position.incumbent_id is None
        and entry.position.state is PositionState.ACTIVE
    ]
    return sorted(positions, key=lambda position: position.number)


def load_eligibles(session: Session, list_id: str) -> list[merit.Eligible]:
    """Load the names of a list that passed, in its order, as certification needs them."""
    rows = session.execute(
        select(
            Candidate.number,
            MeritListEntry.place,
            MeritListEntry.rank,
            MeritListEntry.final,
            MeritListEntry.denominator,
            MeritListEntry.has_preference,
            MeritListEntry.category,
            MeritListEntry.tier,
        )
        .join(Candidate, Candidate.id == MeritListEntry.candidate_id)
        .where(MeritListEntry.list_id == list_id, MeritListEntry.is_passed)
        .order_by(MeritListEntry.place)
    )
    return [
        merit.Eligible(number, place, rank or 0, final, denominator, preference, category, tier)
        for number, place, rank, final, denominator, preference, category, tier in rows
    ]


def list_gone(session: Session, list_id: str, certificate_id: str = "") -> list[str]:
    """List candidate numbers that are out of reach for every certificate: appointed, withdrawn, off the list.

    Whom a decline on this certificate took off the list is not counted: that decision stands on it.
    """
    leaving = [code for code, entry in DECLINES.items() if entry.leaves_list]
    left = (
        exists()
        .where(
            CertificateEntry.entry_id == MeritListEntry.id,
            CertificateEntry.certificate_id != certificate_id,
            CertificateEntry.outcome == Outcome.DECLINED,
            CertificateEntry.code.in_(leaving),
        )
        .correlate(MeritListEntry)
    )
    query = (
        select(Candidate.number)
        .join(MeritListEntry, MeritListEntry.candidate_id == Candidate.id)
        .join(Application, Application.id == MeritListEntry.application_id)
        .where(
            MeritListEntry.list_id == list_id,
            or_(
                Application.placement == Placement.APPOINTED,
                Application.submission == Submission.WITHDRAWN,
                left,
            ),
        )
    )
    return list(session.scalars(query))


def load_gone(
    session: Session, list_id: str, examination_id: str, certificate_id: str = ""
) -> dict[str, dt.datetime]:
    """Load since when candidates are out of reach by another certificate or by their own withdrawal."""
    leaving = [code for code, entry in DECLINES.items() if entry.leaves_list]
    elsewhere = session.execute(
        select(Candidate.number, CertificateEntry.decided_at)
        .join(MeritListEntry, MeritListEntry.id == CertificateEntry.entry_id)
        .join(Candidate, Candidate.id == MeritListEntry.candidate_id)
        .where(
            Candidate.examination_id == examination_id,
            CertificateEntry.certificate_id != certificate_id,
            or_(
                CertificateEntry.outcome == Outcome.APPOINTED,
                (CertificateEntry.outcome == Outcome.DECLINED)
                & (CertificateEntry.code.in_(leaving))
                & (MeritListEntry.list_id == list_id),
            ),
        )
    )
    withdrawn = session.execute(
        select(Candidate.number, Application.withdrawn_at)
        .join(Application, Application.id == Candidate.application_id)
        .where(Candidate.examination_id == examination_id, Application.withdrawn_at.is_not(None))
    )
    gone: dict[str, dt.datetime] = {}
    for number, moment in [*elsewhere, *withdrawn]:
        gone[number] = min(moment, gone.get(number, moment))
    return gone


def load_entries_by_number(
    session: Session, list_id: str, numbers: Sequence[str]
) -> dict[str, MeritListEntry]:
    """Load entries of a list with candidate and application, by candidate number."""
    query = (
        select(MeritListEntry)
        .join(MeritListEntry.candidate)
        .where(MeritListEntry.list_id == list_id, Candidate.number.in_(numbers))
        .options(joinedload(MeritListEntry.candidate), joinedload(MeritListEntry.application))
    )
    return {entry.candidate.number: entry for entry in session.scalars(query)}


def list_certified_elsewhere(
    session: Session, application_ids: Sequence[str], certificate_id: str
) -> frozenset[str]:
    """Give which of these applications wait for a decision on another certificate that is issued."""
    query = (
        select(MeritListEntry.application_id)
        .join(CertificateEntry, CertificateEntry.entry_id == MeritListEntry.id)
        .join(Certificate, Certificate.id == CertificateEntry.certificate_id)
        .where(
            MeritListEntry.application_id.in_(application_ids),
            CertificateEntry.outcome == Outcome.PENDING,
            Certificate.state == CertificateState.ISSUED,
            Certificate.id != certificate_id,
        )
    )
    return frozenset(session.scalars(query))


def list_due(session: Session, on: dt.date) -> list[Certificate]:
    """List issued certificates whose last day is before `on`, with their agencies, by last day."""
    query = (
        select(Certificate)
        .where(Certificate.state == CertificateState.ISSUED, Certificate.expires_on < on)
        .options(joinedload(Certificate.agency))
        .order_by(Certificate.expires_on, Certificate.id)
        .limit(200)
    )
    return list(session.scalars(query))
