"""Loading what a list is made of; a sheet that was changed after its capture stops everything."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.exams import merit, rulebooks
from app.exams.examinations.models import Candidate, Examination
from app.exams.keys.models import KeyVersion
from app.exams.keys.queries import find_in_force
from app.exams.keys.rules import as_core, check_unchanged
from app.exams.merit_lists.queries import find_first_seed
from app.exams.responses.models import ResponseSheet
from app.exams.responses.queries import find_current
from app.exams.responses.rules import sheet_digest
from app.exams.scoring.rules import Effect, Inputs, Ranked, Sealed, compare, rank
from app.platform.errors import Conflict
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.states import ClaimState


def load_inputs(session: Session, examination: Examination, import_id: str) -> Inputs:
    """Load rulebook, sheets and verified claims; the examination comes with items, posting and agency."""
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    codes = tuple(item.code for item in examination.items)
    numbers: list[str] = []
    sheets: list[tuple[str, ...]] = []
    attributes: dict[str, dict[str, object]] = {}
    zone = ZoneInfo(examination.agency.time_zone)
    rows = session.execute(
        select(Candidate.number, Application.submitted_at, ResponseSheet.answers, ResponseSheet.digest)
        .join(Candidate, Candidate.id == ResponseSheet.candidate_id)
        .join(Application, Application.id == Candidate.application_id)
        .where(ResponseSheet.import_id == import_id)
        .order_by(Candidate.number)
    )
    for number, submitted_at, answers, digest in rows:
        if sheet_digest(examination.number, number, answers) != digest:
            raise Conflict(
                f"The sheet of candidate {number} was changed after it was captured. Call the auditor."
            )
        numbers.append(number)
        sheets.append(tuple(answers[code] for code in codes))
        attributes[number] = {"applied_on": _local_date(submitted_at, zone)}
    return Inputs(
        book,
        examination.number,
        codes,
        tuple(numbers),
        tuple(sheets),
        _load_claims(session, book, import_id, examination),
        attributes,
        _facts(book, examination),
    )


def load_ranking(session: Session, examination: Examination, seed: str) -> tuple[Ranked, Sealed]:
    """Rank what is stored now by the key in force now, and tell what the list is bound to.

    Conflict while there is no approved key or no file of answers.
    """
    key = find_in_force(session, examination.id)
    current = find_current(session, examination.id)
    if key is None or current is None:
        raise Conflict("The key has to be approved and the answers imported first.")
    ranked = rank(load_inputs(session, examination, current.id), load_key(key), seed)
    listing = ranked.listing
    sealed = Sealed(listing.inputs_digest, listing.digest, listing.rulebook.digest, key.id, current.id)
    return ranked, sealed


def load_effect(
    session: Session, examination: Examination, before: KeyVersion, after: KeyVersion
) -> Effect | None:
    """Count what moves between two keys, by the stored answers; None while there are none.

    Before the first list there is no public seed: a fixed one then serves both keys alike.
    """
    current = find_current(session, examination.id)
    if current is None:
        return None
    inputs = load_inputs(session, examination, current.id)
    seed = find_first_seed(session, examination.id) or "not drawn yet"
    return compare(rank(inputs, load_key(before), seed), rank(inputs, load_key(after), seed))


def load_key(key: KeyVersion) -> merit.Key:
    """Give a stored key to the core; Conflict when it was changed after it was proposed."""
    check_unchanged(key.version, key.answers, key.digest)
    return as_core(key.version, key.answers)


def _load_claims(
    session: Session, book: merit.Rulebook, import_id: str, examination: Examination
) -> dict[str, list[str]]:
    """Load the verified claims that the rulebook counts, by candidate number."""
    kinds = rulebooks.claim_kinds(book)
    rows = session.execute(
        select(Candidate.number, ApplicationClaim.kind)
        .join(Candidate, Candidate.application_id == ApplicationClaim.application_id)
        .join(ResponseSheet, ResponseSheet.candidate_id == Candidate.id)
        .where(
            ResponseSheet.import_id == import_id,
            ApplicationClaim.state == ClaimState.VERIFIED,
            or_(ApplicationClaim.valid_until.is_(None), ApplicationClaim.valid_until >= examination.held_on),
            ApplicationClaim.kind.in_(kinds),
        )
        .order_by(Candidate.number, ApplicationClaim.kind)
    )
    claims: dict[str, list[str]] = {}
    for number, kind in rows:
        claims.setdefault(number, []).append(kinds[kind])
    return claims


def _facts(book: merit.Rulebook, examination: Examination) -> dict[str, object]:
    """Give the facts of the announcement that the rulebook asks for, as far as the announcement has them."""
    asked = {condition.fact for rule in book.preferences.rules for condition in rule.unless}
    grade = examination.posting.grade
    return {"grade": int(grade)} if "grade" in asked and grade.isdecimal() else {}


def _local_date(at: dt.datetime | None, zone: ZoneInfo) -> dt.date | None:
    return at.astimezone(zone).date() if at else None
