"""Replaying a certificate: from the list and the rulebook, in the order in which it was decided.

The audit asks what the Delegated Examining Operations Handbook asks of a returned certificate (June 2019,
pages 6-46 to 6-50; docs/law.md says when it was read): who was in reach, whether each selection was lawful
at its moment, and who lost consideration by an error that was found since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.exams import merit
from app.exams.certificates.rules import GONE, Name, form, judge, refusal_sentence
from app.exams.certificates.states import Outcome
from app.exams.merit.exact import digest
from app.platform.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a name and when; `at` is the approval's moment where one was needed."""

    number: str
    outcome: Outcome
    at: dt.datetime
    on: dt.date
    is_approved: bool


@dataclass(frozen=True, slots=True)
class Record:
    """All that a replay reads of a certificate.

    `certified` are the numbers on it, in their order; `decisions` are in the order of their moments. `gone`
    tells since when somebody was out of reach for another reason than a decision on this certificate.
    `corrected` are the names of the list that took this list's place, None while it stands. `calls` are who
    was called from the reserve and when, in order; whether that was right is asked apart.
    """

    book: merit.Rulebook
    eligibles: Sequence[merit.Eligible]
    vacancies: int
    issued_at: dt.datetime
    issued_on: dt.date
    certified: Sequence[str]
    preference: Mapping[str, bool]
    decisions: Sequence[Decision]
    gone: Mapping[str, dt.datetime] = field(default_factory=dict)
    list_ends_on: dt.date | None = None
    expires_on: dt.date | None = None
    corrected: Sequence[merit.Eligible] | None = None
    calls: Sequence[tuple[str, dt.datetime]] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `kind` is names, order, selection, ended or lost; `number` the candidate, or empty."""

    kind: str
    number: str
    sentence: str


def replay(record: Record) -> list[Finding]:
    """Form the certificate anew and take every decision again; nothing when all of it was lawful."""
    known = [name.candidate_id for name in _formed(record, record.issued_at, (), ()).names]
    names: list[Name] = [_name(record, number) for number in known]
    findings: list[Finding] = []
    for decision in record.decisions:
        known, names = _with_calls(record, known, names, decision.at)
        if decision.number not in known:
            findings.append(Finding("names", decision.number, "This name was not in reach at its decision."))
            continue
        appointed = [name.number for name in names if name.outcome is Outcome.APPOINTED]
        formed = _formed(record, decision.at, known, appointed)
        findings += _dates(record, decision)
        if decision.outcome is Outcome.APPOINTED:
            findings += _selection(record, formed, names, decision)
        names = [_after(name, decision) if name.number == decision.number else name for name in names]
        if decision.outcome in GONE:
            known += [number for number in _reach(record, names, decision, known) if number not in known]
            names += [_name(record, number) for number in known[len(names) :]]
    known, names = _with_calls(record, known, names, None)
    if list(record.certified) != known:
        findings.append(_wrong_names(record.certified, known))
    return findings + _lost(record)


def decisions_digest(rows: Sequence[tuple[str, str, str]]) -> str:
    """Give the SHA-256 of the decisions on a certificate: candidate, outcome and moment, in order."""
    return digest([list(row) for row in rows])


def audit_digest(record: Record, findings: Sequence[Finding]) -> str:
    """Give the SHA-256 of what was replayed and what was found."""
    return digest(
        {
            "rulebook": record.book.digest,
            "list": [[name.candidate_id, name.position, name.rank] for name in record.eligibles],
            "vacancies": record.vacancies,
            "issued_on": record.issued_on,
            "certified": list(record.certified),
            "calls": [[number, at.isoformat()] for number, at in record.calls],
            "decisions": [[one.number, one.outcome.value, one.at.isoformat()] for one in record.decisions],
            "findings": [[one.kind, one.number, one.sentence] for one in findings],
        }
    )


def demand_uninvolved(actor_id: str | None, deciders: Sequence[str | None]) -> None:
    """Raise Conflict when who audits decided on a name of the certificate."""
    if actor_id is None or actor_id in deciders:
        raise Conflict("You decided on a name of this certificate, so another officer has to audit it.")


def check_settlement(text: str, is_lawful: bool, actor_id: str | None, audited_by: str) -> str:
    """Give how findings are put right; Conflict where there are none, or for who found them."""
    if is_lawful:
        raise Conflict("This audit found nothing that has to be settled.")
    if actor_id is None or actor_id == audited_by:
        raise Conflict("You made this audit, so another officer has to settle what it found.")
    if not text.strip():
        raise Invalid(settlement="Enter how each finding is put right.")
    return text.strip()


def _formed(
    record: Record, at: dt.datetime, certified: Sequence[str], appointed: Sequence[str]
) -> merit.Certificate:
    gone = {number for number, moment in record.gone.items() if moment <= at} | set(appointed)
    return form(
        record.book,
        record.eligibles,
        vacancies=record.vacancies,
        issued_on=record.issued_on,
        unavailable=gone,
        certified=certified,
    )


def _with_calls(
    record: Record, known: list[str], names: list[Name], until: dt.datetime | None
) -> tuple[list[str], list[Name]]:
    """Add who was called from the reserve up to a moment, or at all, behind those who are known."""
    called = [number for number, at in record.calls if number not in known and (until is None or at <= until)]
    return known + called, names + [_name(record, number) for number in called]


def _name(record: Record, number: str) -> Name:
    return Name(number, Outcome.PENDING, False, record.preference.get(number, False))


def _after(name: Name, decision: Decision) -> Name:
    return Name(name.number, decision.outcome, decision.is_approved, name.has_preference)


def _dates(record: Record, decision: Decision) -> list[Finding]:
    found = []
    if record.list_ends_on is not None and decision.on > record.list_ends_on:
        found.append(Finding("ended", decision.number, "The list had ended when this was decided."))
    if record.expires_on is not None and decision.on > record.expires_on:
        found.append(Finding("ended", decision.number, "The certificate had ended when this was decided."))
    return found


def _selection(
    record: Record, formed: merit.Certificate, names: Sequence[Name], decision: Decision
) -> list[Finding]:
    ruling = judge(record.book, formed, names, decision.number, decision.on)
    if ruling.lawful:
        return []
    refused = " ".join(refusal_sentence(refusal) for refusal in ruling.refusals)
    return [Finding("selection", decision.number, f"The selection was not lawful. {refused}")]


def _reach(
    record: Record, names: Sequence[Name], decision: Decision, known: Sequence[str]
) -> tuple[str, ...]:
    """Give who is in reach once a name is gone, as the certificate is formed again."""
    appointed = [name.number for name in names if name.outcome is Outcome.APPOINTED]
    if len(appointed) == record.vacancies:
        return ()
    formed = _formed(record, decision.at, known, appointed)
    return judge(record.book, formed, names, names[0].number, decision.on).reach


def _wrong_names(certified: Sequence[str], due: Sequence[str]) -> Finding:
    missing = [number for number in due if number not in certified]
    extra = [number for number in certified if number not in due]
    parts = [
        f"{words} {', '.join(numbers[:10])}."
        for words, numbers in (("Not certified:", missing), ("Certified out of reach:", extra))
        if numbers
    ]
    return Finding("names", "", " ".join(["The names are not those of the rule.", *parts]))


def _lost(record: Record) -> list[Finding]:
    """Find who would have been in reach on the corrected list, where somebody was selected who was not."""
    if record.corrected is None:
        return []
    erroneous = _formed(record, record.issued_at, (), ())
    gone = {number for number, moment in record.gone.items() if moment <= record.issued_at}
    correct = form(
        record.book,
        record.corrected,
        vacancies=record.vacancies,
        issued_on=record.issued_on,
        unavailable=gone,
    )
    selected = [one.number for one in record.decisions if one.outcome is Outcome.APPOINTED]
    qualified = {name.candidate_id: True for name in record.corrected}
    sentence = (
        "By the corrected list this person was in reach and somebody who was not has been selected: "
        "consideration was lost."
    )
    return [
        Finding("lost", number, sentence)
        for number in merit.lost_consideration(erroneous, correct, selected, qualified)
    ]
