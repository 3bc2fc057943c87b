"""Taking the calls from a reserve again: who was kept, until when, and whether each call was right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.exams import merit
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.rules import form
from app.exams.certificates.states import Outcome
from app.exams.examinations.models import Candidate
from app.exams.merit_lists.models import MeritListEntry
from app.exams.reserves.models import ReserveCall
from app.exams.reserves.queries import find_reserve
from app.personnel.appointments.models import Appointment
from app.platform import clock

Fault = tuple[str, str]


class Replayed(Protocol):
    """What the replay of a certificate has read of it (app/exams/selection_audits/rules.py, Record)."""

    @property
    def book(self) -> merit.Rulebook: ...
    @property
    def eligibles(self) -> Sequence[merit.Eligible]: ...
    @property
    def vacancies(self) -> int: ...
    @property
    def issued_at(self) -> dt.datetime: ...
    @property
    def issued_on(self) -> dt.date: ...
    @property
    def gone(self) -> Mapping[str, dt.datetime]: ...
    @property
    def list_ends_on(self) -> dt.date | None: ...


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it is on record; `freed` tells by which cause the place is free, "" when it is not."""

    number: str
    place: str
    cause: str
    freed: str
    free_since: dt.date
    at: dt.datetime
    on: dt.date


def list_faults(
    record: Replayed, kept: Sequence[str], lapses_on: dt.date | None, calls: Sequence[Call]
) -> list[Fault]:
    """Say what is wrong with a reserve and its calls, each with the candidate or ""; nothing when all holds.

    `calls` are in the order of their moments.
    """
    certification = record.book.certification
    rule = certification.reserve if certification else None
    if rule is None:
        return [("", "The rulebook keeps nobody in reserve.")] if kept or calls else []
    last = rule.ends_on(record.issued_on)
    last = min(last, record.list_ends_on) if record.list_ends_on else last
    due = _kept(record)
    faults: list[Fault] = []
    if list(kept) != due:
        faults.append(("", f"The people kept in reserve are not those of the rule: {', '.join(due)}."))
    if due and lapses_on != last:
        faults.append(("", f"By {rule.citation} the reserve lapses on {last.isoformat()}."))
    called: list[str] = []
    for call in calls:
        faults += [(call.number, sentence) for sentence in _judge(record, rule, due, last, called, call)]
        called.append(call.number)
    return faults


def _kept(record: Replayed) -> list[str]:
    """Give who is kept behind the certificate as it is formed anew at its issue."""
    unavailable = {number for number, moment in record.gone.items() if moment <= record.issued_at}
    formed = form(
        record.book,
        record.eligibles,
        vacancies=record.vacancies,
        issued_on=record.issued_on,
        unavailable=unavailable,
    )
    return [name.candidate_id for name in merit.keep_in_reserve(record.book, formed)]


def _judge(
    record: Replayed,
    rule: merit.reserve.Reserve,
    due: Sequence[str],
    last: dt.date,
    called: Sequence[str],
    call: Call,
) -> list[str]:
    gone = {number for number, moment in record.gone.items() if moment <= call.at}
    expected = merit.reserve.next_in_line(due, called, gone)
    found = {
        f"Called after the reserve had lapsed, by {rule.citation}.": call.on > last,
        f"Called out of order: {expected or 'nobody'} came next.": call.number != expected,
        "Called to a place that is not free by what is on record.": call.freed != call.cause,
        f"The rule calls nobody where somebody {call.cause.replace('-', ' ')}.": call.cause not in rule.when,
        "Called before the place fell free.": call.on < call.free_since,
        "The place fell free after the reserve had lapsed.": call.free_since > last,
    }
    return [sentence for sentence, is_so in found.items() if is_so]


def list_reserve_faults(session: Session, certificate: Certificate, record: Replayed) -> list[Fault]:
    """Take the reserve of a loaded certificate again."""
    reserve = find_reserve(session, certificate.id)
    kept = [entry.entry.candidate.number for entry in reserve.entries] if reserve else []
    calls = _load(session, certificate.id, certificate.merit_list.examination.agency.time_zone)
    return list_faults(record, kept, reserve.lapses_on if reserve else None, calls)


def load_calls(session: Session, certificate_id: str) -> list[tuple[str, dt.datetime]]:
    """Load who was called to a certificate and when, in order."""
    query = (
        select(Candidate.number, ReserveCall.called_at)
        .join(CertificateEntry, CertificateEntry.id == ReserveCall.made_id)
        .join(MeritListEntry, MeritListEntry.id == CertificateEntry.entry_id)
        .join(Candidate, Candidate.id == MeritListEntry.candidate_id)
        .where(CertificateEntry.certificate_id == certificate_id)
        .order_by(ReserveCall.called_at, CertificateEntry.position)
    )
    return [(number, at) for number, at in session.execute(query)]


def _load(session: Session, certificate_id: str, zone: str) -> list[Call]:
    """Load each call, in order, with what is on record of the place it was made to."""
    made, place = aliased(CertificateEntry), aliased(CertificateEntry)
    entry, whose = aliased(MeritListEntry), aliased(MeritListEntry)
    called, freed = aliased(Candidate), aliased(Candidate)
    query = (
        select(ReserveCall, called.number, freed.number, place.outcome, Appointment)
        .join(made, made.id == ReserveCall.made_id)
        .join(entry, entry.id == made.entry_id)
        .join(called, called.id == entry.candidate_id)
        .join(place, place.id == ReserveCall.place_id)
        .join(whose, whose.id == place.entry_id)
        .join(freed, freed.id == whose.candidate_id)
        .outerjoin(Appointment, Appointment.source == place.id)
        .where(made.certificate_id == certificate_id, place.certificate_id == certificate_id)
        .order_by(ReserveCall.called_at, made.position)
    )
    return [
        Call(
            number,
            whose_number,
            call.cause,
            _freed(outcome, appointment),
            call.free_since,
            call.called_at,
            clock.local_date(call.called_at, zone),
        )
        for call, number, whose_number, outcome, appointment in session.execute(query)
    ]


def _freed(outcome: Outcome, appointment: Appointment | None) -> str:
    """Say by which cause a name's place is free, "" when it is not."""
    if outcome is Outcome.DECLINED:
        return "declined"
    if outcome is not Outcome.APPOINTED or appointment is None or appointment.ended_on is None:
        return ""
    return "left" if appointment.entered_on else "not-reported"
