"""Reading corrections, their flags, and the certificates that one may touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.states import CertificateState
from app.exams.corrections.models import Correction, CorrectionFlag
from app.exams.corrections.rules import Certified, Standing
from app.exams.examinations.models import Examination
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.platform import clock, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "exams.corrections.show"
MADE = (CertificateState.ISSUED, CertificateState.CLOSED, CertificateState.EXPIRED)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps corrections to the agencies in which the actor may read them."""
    return scope.within(Examination.agency_id, actor, READ)


def load_certified(session: Session, examination: Examination) -> list[Certified]:
    """Load every certificate that was issued from any list of an examination, with its names in order."""
    query = (
        select(Certificate)
        .join(MeritList, MeritList.id == Certificate.merit_list_id)
        .where(MeritList.examination_id == examination.id, Certificate.state.in_(MADE))
        .options(
            selectinload(Certificate.entries)
            .joinedload(CertificateEntry.entry)
            .joinedload(MeritListEntry.candidate)
        )
        .order_by(Certificate.number)
    )
    zone = examination.agency.time_zone
    return [
        Certified(
            row.id,
            row.number,
            row.vacancies,
            clock.local_date(row.issued_at or row.requested_at, zone),
            tuple((entry.id, entry.entry.candidate.number, entry.outcome) for entry in row.entries),
        )
        for row in session.scalars(query)
    ]


def map_live(session: Session, examination_id: str) -> dict[str, str]:
    """Map the certificates that are asked for or issued from the published list to their numbers."""
    rows = session.execute(
        select(Certificate.id, Certificate.number)
        .join(MeritList, MeritList.id == Certificate.merit_list_id)
        .where(
            MeritList.examination_id == examination_id,
            MeritList.state == ListState.PUBLISHED,
            Certificate.state.in_((CertificateState.DRAFTED, CertificateState.ISSUED)),
        )
        .order_by(Certificate.number)
    )
    return {row.id: row.number for row in rows}


def get_correction(session: Session, list_id: str, actor: Actor) -> Correction:
    """Give the correction that made a list, with its flags, or raise NotFound."""
    found = session.scalar(_whole().where(Correction.list_id == list_id, visible_to(actor)))
    if found is None:
        raise NotFound("This list corrects no other one.")
    return found


def find_correction(session: Session, list_id: str) -> Correction | None:
    """Find the correction that made a list."""
    return session.scalar(select(Correction).where(Correction.list_id == list_id))


def get_flag(session: Session, flag_id: str, actor: Actor, *, lock: bool = False) -> CorrectionFlag:
    """Give a flag with its correction and certificate; NotFound outside the actor's agencies."""
    query = (
        select(CorrectionFlag)
        .join(CorrectionFlag.correction)
        .join(Correction.examination)
        .where(CorrectionFlag.id == flag_id, visible_to(actor))
        .options(
            contains_eager(CorrectionFlag.correction)
            .contains_eager(Correction.examination)
            .joinedload(Examination.agency),
            joinedload(CorrectionFlag.certificate),
            joinedload(CorrectionFlag.decider),
        )
    )
    found = session.scalar(query.with_for_update(of=CorrectionFlag) if lock else query)
    if found is None:
        raise NotFound("There is no such flag.")
    return found


def list_flags(session: Session, certificate_id: str) -> Sequence[CorrectionFlag]:
    """List the flags on a certificate and on the appointments from it, the latest first."""
    query = (
        select(CorrectionFlag)
        .where(CorrectionFlag.certificate_id == certificate_id)
        .options(
            joinedload(CorrectionFlag.correction).joinedload(Correction.merit_list),
            joinedload(CorrectionFlag.decider),
            joinedload(CorrectionFlag.certificate),
        )
        .order_by(CorrectionFlag.raised_at.desc(), CorrectionFlag.id)
    )
    return list(session.scalars(query))


def list_flags_of_entry(session: Session, entry_id: str) -> Sequence[CorrectionFlag]:
    """List the flags on one person who was selected from a certificate, the latest first."""
    query = (
        select(CorrectionFlag)
        .where(CorrectionFlag.certificate_entry_id == entry_id)
        .order_by(CorrectionFlag.raised_at.desc(), CorrectionFlag.id)
    )
    return list(session.scalars(query))


def load_standings(session: Session, earlier_id: str, later_id: str) -> Iterator[tuple[Standing, Standing]]:
    """Load rank, score and its denominator of everybody on both lists, before and after."""
    before, after = aliased(MeritListEntry), aliased(MeritListEntry)
    rows = session.execute(
        select(before.rank, before.final, before.denominator, after.rank, after.final, after.denominator)
        .join(after, (after.candidate_id == before.candidate_id) & (after.list_id == later_id))
        .where(before.list_id == earlier_id)
    )
    return (((row[0], row[1], row[2]), (row[3], row[4], row[5])) for row in rows)


def _whole() -> Select[Correction]:
    return (
        select(Correction)
        .join(Correction.examination)
        .options(
            contains_eager(Correction.examination).joinedload(Examination.agency),
            joinedload(Correction.earlier_list),
            joinedload(Correction.merit_list),
            selectinload(Correction.flags).options(
                joinedload(CorrectionFlag.certificate), joinedload(CorrectionFlag.decider)
            ),
        )
    )
