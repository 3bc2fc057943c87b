"""Loading what a list is made of; a sheet that was changed after its capture stops everything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from sqlalchemy.orm import Session

from app.exams import merit, rulebooks
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.keys.queries import find_in_force
from app.exams.keys.rules import as_core, check_unchanged
from app.exams.merit_lists.queries import find_first_seed
from app.exams.plans import queries as plans
from app.exams.plans.rules import components_of, has_items
from app.exams.responses.queries import find_current, load_sheets
from app.exams.scoring.people import load_attributes, load_claims, load_facts
from app.exams.scoring.rules import Effect, Inputs, Ranked, Sealed, compare, rank
from app.platform.errors import Conflict


def load_inputs(
    session: Session,
    examination: Examination,
    import_id: str | None,
    mark_versions: Mapping[str, int] | None = None,
) -> Inputs:
    """Load rulebook, sheets, marks and verified claims; the examination comes with items, posting and agency.

    `mark_versions` names the version of each component's marks, the latest ones when it is None.
    """
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    codes = tuple(item.code for item in examination.items)
    found = load_sheets(session, examination, import_id) if import_id else None
    numbers = found.numbers if found else ()
    if mark_versions is None:
        mark_versions = plans.load_versions(session, examination.id)
    marks = _load_marks(session, examination, book, numbers, mark_versions)
    people = {*numbers, *(number for column in marks.values() for number in column)}
    return Inputs(
        book,
        examination.number,
        codes,
        numbers,
        found.responses() if found else (),
        load_claims(session, book, examination, people),
        load_attributes(session, book, examination, people),
        load_facts(session, book, examination),
        marks,
        found.series if found else (),
    )


def load_ranking(
    session: Session, examination: Examination, seed: str, mark_versions: Mapping[str, int] | None = None
) -> tuple[Ranked, Sealed]:
    """Rank what is stored now by the key in force now, and tell what the list is bound to.

    Conflict while there is no approved key or no file of answers and the rulebook asks for sheets.
    """
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    key = find_in_force(session, examination.id) if has_items(book) else None
    current = find_current(session, examination.id) if has_items(book) else None
    if has_items(book) and (key is None or current is None):
        raise Conflict("The key has to be approved and the answers imported first.")
    versions = plans.load_versions(session, examination.id) if mark_versions is None else mark_versions
    inputs = load_inputs(session, examination, current.id if current else None, versions)
    ranked = rank(inputs, load_key(key) if key else None, seed)
    listing = ranked.listing
    return ranked, Sealed(
        listing.inputs_digest,
        listing.digest,
        listing.rulebook.digest,
        key.id if key else None,
        current.id if current else None,
        dict(versions),
    )


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


def _load_marks(
    session: Session,
    examination: Examination,
    book: merit.Rulebook,
    numbers: Collection[str],
    versions: Mapping[str, int],
) -> dict[str, dict[str, Fraction | None]]:
    """Load the marks of every component marked outside the sheets, for all who took part in anything."""
    found = plans.load_marks(session, examination, versions)
    took_part = {
        number for column in found.values() for number, mark in column.items() if mark is not None
    } | set(numbers)
    marked = [part.code for part in components_of(book) if part.is_marked]
    return {
        code: {number: found.get(code, {}).get(number) for number in sorted(took_part)} for code in marked
    }
