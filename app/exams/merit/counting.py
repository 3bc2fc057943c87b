"""Marks by counting: how many answers of a person equal named options, in blocks that stay in the cache."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.exams.merit.exact import Integers
from app.exams.merit.responses import Answers, Responses

# Candidates counted at a time: a column of a block and its counters stay in the second-level cache.
BLOCK = 1 << 17
# An 8-bit counter overflows after this many answers.
COUNTER = 255

Marking = tuple[int, dict[int, int]]
Additions = dict[str, dict[int, list[tuple[int, int]]]]


@dataclass(frozen=True)
class Plan:
    """For each section a base that everybody gets, and for each addition the (row, option code) pairs
    that earn it.
    """

    bases: dict[str, int]
    additions: Additions

    def add(self, section: str, row: int, marks: Marking) -> None:
        """Add one item: the numerator for unnamed answers, and those of named ones by option code."""
        base, named = marks
        self.bases[section] += base
        for code, mark in named.items():
            self.additions.setdefault(section, {}).setdefault(mark - base, []).append((row, code))


def run(plans: Mapping[str, Plan], responses: Responses) -> dict[str, Integers]:
    """Compute the numerators of each section for everybody, each by the plan of their booklet series."""
    columns = {name: np.empty(len(responses), dtype=np.int64) for name in plans[""].bases}
    for name, rows in _blocks(responses):
        _count(plans[name], responses.answers[:, rows], columns, rows)
    return columns


def shift(
    plans: Mapping[str, Plan], responses: Responses, before: Mapping[str, Integers], whole: str
) -> dict[str, Integers]:
    """Add what the plans say to columns, and to the column `whole`; those of `before` stay as they are.

    Only the answers of items in the plans are looked at, and each once.
    """
    touched = {name: np.empty(len(responses), dtype=np.int64) for name in plans[""].bases}
    columns = {**touched, whole: np.empty(len(responses), dtype=np.int64) if touched else before[whole]}
    for name, rows in _blocks(responses):
        total = before[whole]
        for section in touched:
            change = _change(plans[name], section, responses.answers, rows)
            _add(before[section], change, columns[section], rows)
            _add(total, change, columns[whole], rows)
            total = columns[whole]
    return columns


def _blocks(responses: Responses) -> Iterator[tuple[str, slice | Integers]]:
    """Give the people of each booklet series in blocks: a slice, or row numbers where there are series."""
    if not any(responses.series):
        for start in range(0, len(responses), BLOCK):
            yield "", slice(start, start + BLOCK)
        return
    series = np.array(responses.series, dtype=np.str_)
    for name in np.unique(series).tolist():
        people = np.flatnonzero(series == name)
        for start in range(0, len(people), BLOCK):
            yield name, people[start : start + BLOCK]


def _change(
    plan: Plan, section: str, answers: Answers, rows: slice | Integers
) -> npt.NDArray[np.signedinteger]:
    """Give what a plan adds to a block of people, in the narrowest whole numbers that hold it."""
    additions = plan.additions.get(section, {})
    base = plan.bases[section]
    reach = abs(base) + sum(abs(addition) * len(pairs) for addition, pairs in additions.items())
    kind = np.min_scalar_type(-reach - 1)
    change: npt.NDArray[np.signedinteger] | None = None
    for addition, pairs in additions.items():
        for row, code in pairs:
            added = np.multiply(answers[row][rows] == code, kind.type(addition), dtype=kind)
            change = added if change is None else np.add(change, added, out=change)
    if change is None:
        return np.full(len(answers[0][rows]), base, dtype=kind)
    return np.add(change, kind.type(base), out=change) if base else change


def _add(
    column: Integers, change: npt.NDArray[np.signedinteger], out: Integers, rows: slice | Integers
) -> None:
    if isinstance(rows, slice):
        np.add(column[rows], change, out=out[rows])
    else:
        out[rows] = column[rows] + change


def _count(plan: Plan, answers: Answers, columns: dict[str, Integers], rows: slice | Integers) -> None:
    """Write the marks of one block of people; `answers` has the shape (items, people)."""
    people = answers.shape[1]
    equal = np.empty(people, dtype=bool)
    counter = np.empty(people, dtype=np.uint8)
    product = np.empty(people, dtype=np.int64)
    for section, base in plan.bases.items():
        # A slice gives a view, which is written in place; picked rows give a copy, which is put back.
        column = columns[section]
        marks = column[rows]
        marks[:] = base
        for addition, pairs in plan.additions.get(section, {}).items():
            for start in range(0, len(pairs), COUNTER):
                counter[:] = 0
                for row, code in pairs[start : start + COUNTER]:
                    np.equal(answers[row], code, out=equal)
                    np.add(counter, equal.view(np.uint8), out=counter)
                np.multiply(counter, addition, out=product, dtype=np.int64)
                marks += product
        if not isinstance(rows, slice):
            column[rows] = marks
