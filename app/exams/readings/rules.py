"""Comparing two readings of the same sheets, and deciding what a doubtful mark is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.exams import merit
from app.exams.responses.packing import Sheets
from app.exams.responses.rules import Reading
from app.platform.errors import Conflict, Invalid

MOST_DIFFERENT = 0.2


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two readings of a mark differ: whose, of which item (its place), and both codes."""

    person: int
    item: int
    first: int
    second: int


def compare(sheets: Sheets, other: Reading) -> Iterator[Difference]:
    """Give every mark in which another reading differs, by candidate number and item.

    Invalid when the other reading holds other people: it is no reading of the same sheets. Where a fifth of
    all marks differ it is none either, or its columns are mixed up.
    """
    if other.problem_count:
        first = other.problems[0]
        raise Invalid(file=f"Line {first.row}, {first.column or 'the whole line'}: {first.reason}")
    lost = sorted(set(sheets.numbers) ^ set(other.numbers))
    if lost:
        where = "only in the first" if lost[0] in sheets.place else "only in this"
        many = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        raise Invalid(file=f"{lost[0]}{many} stand {where} reading. Both must hold the same sheets.")
    rows = np.array([sheets.place[number] for number in other.numbers], dtype=np.int64)
    second = np.empty_like(sheets.matrix)
    second[rows] = other.matrix
    differs = sheets.matrix != second
    if differs.mean() > MOST_DIFFERENT:
        raise Invalid(
            file=f"{differs.mean():.0%} of all marks differ. This is no second reading of the same sheets."
        )
    for person, item in zip(*np.nonzero(differs), strict=True):
        pair = int(sheets.matrix[person, item]), int(second[person, item])
        yield Difference(int(person), int(item), *pair)


def read_answer(pressed: str, options: Sequence[str]) -> str:
    """Give what is stored for a finding: an option, "" for a blank, "*" for several marks; else Invalid."""
    known = {"blank": "", "several": "*"} | {option: option for option in options}
    if pressed not in known:
        raise Invalid(answer="Choose what the sheet shows.")
    return known[pressed]


def check_second(actor_id: str | None, decided_by: str | None) -> None:
    """Raise Conflict when who confirms is who decided."""
    if actor_id is None or actor_id == decided_by:
        raise Conflict("You decided on this mark, so a second person has to confirm it.")


def decides_alone(book: merit.Rulebook) -> bool:
    """Tell whether the marks of one person's sheet alone decide if that person passes."""
    return len(book.components) == 1 and all(
        part.kind == "items" and part.normalise is None and part.keep is None for part in book.components
    )
