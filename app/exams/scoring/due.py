"""Who still has to be marked in a part: whoever has failed elsewhere need not come any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.examinations.models import Examination
from app.exams.keys.queries import find_in_force
from app.exams.plans.rules import components_of, has_items
from app.exams.responses.queries import find_current
from app.exams.scoring.queries import load_inputs, load_key
from app.exams.scoring.rules import Inputs, rank

SEED = "not drawn yet"
# Gates of the whole: everybody who passed the parts goes through all of them.
WHOLE = frozenset({"total", "a category"})


def load_due(
    session: Session, examination: Examination, missing: Mapping[str, Collection[str]]
) -> dict[str, set[str]]:
    """Keep of the candidate numbers without a mark, by component, those who have failed no other part.

    Everybody without a mark is given the highest one for a moment; who fails a part even then has failed
    elsewhere. Before the sheets can be scored, everybody is due.
    """
    wanted = {code: set(numbers) for code, numbers in missing.items() if numbers}
    if not wanted:
        return {}
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    key = find_in_force(session, examination.id) if has_items(book) else None
    current = find_current(session, examination.id) if has_items(book) else None
    if has_items(book) and (key is None or current is None):
        return wanted
    inputs = load_inputs(session, examination, current.id if current else None)
    ranked = rank(_at_best(inputs, wanted), load_key(key) if key else None, SEED)
    out = {row.candidate_id for row in ranked.listing.rows if set(row.failed) - WHOLE}
    return {code: numbers - out for code, numbers in wanted.items()}


def _at_best(inputs: Inputs, missing: Mapping[str, Collection[str]]) -> Inputs:
    """Give everybody without a mark the highest one of the part."""
    highest = {part.code: part.maximum for part in components_of(inputs.book)}
    marks = {
        code: {
            number: highest[code] if number in missing.get(code, ()) else mark
            for number, mark in column.items()
        }
        for code, column in inputs.marks.items()
    }
    return replace(inputs, marks=marks)
