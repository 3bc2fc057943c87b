"""Scoring and ranking files without an examination: everyone ranked by marks, equal scores sharing a rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.exams import merit
from app.exams.examinations.rules import check_codes
from app.exams.keys.rules import Answers, as_core, read_key, read_lines
from app.exams.responses.marks import Sheet
from app.exams.responses.rules import read_file
from app.exams.scoring.rules import Effect, Inputs, Ranked, compare, rank
from app.platform.errors import Invalid

# No gate, no preference, no draw: what a rehearsal asks is the marks and the ranks alone.
BOOK = """
[rulebook]
name = "rehearsal"
version = 1
title = "Rehearsal: everyone is ranked by marks"
citation = "No law: a rehearsal decides nothing"
read_on = 2026-11-22
effective_from = 2026-01-01

[[component]]
name = "written"
title = "Written examination"
kind = "items"
weight = "100"

[component.marks]
right = "1"
wrong = "0"
blank = "0"

[total]
scale = "100"
display = { places = 3, mode = "half-up" }

[order]
numbering = "competition"
"""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Files that were read without a fault; `key` maps items to what they accept."""

    inputs: Inputs
    key: Answers
    options: tuple[str, ...]

    def ranked(self) -> Ranked:
        """Score and rank."""
        return rank(self.inputs, as_core(1, self.key), "")

    def changed(self, item: str, accepted: Sequence[str]) -> Effect:
        """Count what moves when one item accepts other answers; Invalid for an unknown item or answer."""
        if item not in self.key:
            raise Invalid(change=f"There is no item “{item}”.")
        wrong = [answer for answer in accepted if answer not in self.options]
        if wrong or not accepted:
            raise Invalid(change=f"“{'/'.join(accepted)}” is no answer of item {item}.")
        treatment = "several" if len(accepted) > 1 else "normal"
        other = self.key | {item: {"accepted": list(accepted), "treatment": treatment}}
        return compare(self.ranked(), replace(self, key=other).ranked())


def read(answers: bytes, key: str, options: tuple[str, ...], blanks: tuple[str, ...]) -> Rehearsal:
    """Read both files by key; Invalid tells the first faults of either.

    The items are those of the key, and everyone in the file of answers is a candidate.
    """
    codes = check_codes([row[0] for row in read_lines(key)[1:] if any(row)])
    entries = read_key(key, codes, options)
    first = read_file(answers, Sheet(codes, _Everyone(), options, blanks, ("*",)))
    if first.problem_count:
        told = [f"line {fault.row}, column {fault.column}: {fault.reason}" for fault in first.problems[:20]]
        raise Invalid(answers="\n".join([*told, f"{first.problem_count} faults in the file of answers."]))
    numbers = tuple(sorted(first.answers))
    sheets = tuple(tuple(first.answers[number][code] for code in codes) for number in numbers)
    book = merit.rulebook.load(BOOK, "rehearsal")
    return Rehearsal(Inputs(book, "rehearsal", codes, numbers, sheets, {}, {}, {}), entries, options)


class _Everyone(frozenset[str]):
    """A set that holds every number: in a rehearsal the file itself says who sat."""

    def __contains__(self, number: object) -> bool:
        return True
