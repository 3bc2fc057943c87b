"""Marks by counting: how many answers of a person equal named options, in blocks that stay in the cache."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

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
        self.bases[section] = self.bases.get(section, 0) + base
        for code, mark in named.items():
            self.additions.setdefault(section, {}).setdefault(mark - base, []).append((row, code))


def run(
    plans: Mapping[str, Plan], responses: Responses, before: Mapping[str, Integers] | None = None
) -> dict[str, Integers]:
    """Compute the numerators of each section for everybody, each by the plan of their booklet series.

    With `before` they are added to those columns, which stay as they are.
    """
    columns = {name: np.empty(len(responses), dtype=np.int64) for name in plans[""].bases}
    if not any(responses.series):
        for start in range(0, len(responses), BLOCK):
            stop = min(start + BLOCK, len(responses))
            _count(plans[""], responses.answers[:, start:stop], columns, slice(start, stop), before)
        return columns
    series = np.array(responses.series, dtype=np.str_)
    for name in np.unique(series).tolist():
        people = np.flatnonzero(series == name)
        for start in range(0, len(people), BLOCK):
            rows = people[start : start + BLOCK]
            _count(plans[name], responses.answers[:, rows], columns, rows, before)
    return columns


def _count(
    plan: Plan,
    answers: Answers,
    columns: dict[str, Integers],
    rows: slice | Integers,
    before: Mapping[str, Integers] | None,
) -> None:
    """Write the marks of one block of people; `answers` has the shape (items, people)."""
    people = answers.shape[1]
    equal = np.empty(people, dtype=bool)
    counter = np.empty(people, dtype=np.uint8)
    product = np.empty(people, dtype=np.int64)
    for section, base in plan.bases.items():
        # A slice gives a view, which is written in place; picked rows give a copy, which is put back.
        column = columns[section]
        marks = column[rows]
        if before is None:
            marks[:] = base
        else:
            np.add(before[section][rows], base, out=marks)
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
