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

Additions = dict[str, dict[int, list[tuple[int, int]]]]


@dataclass(frozen=True)
class Plan:
    """For each section a base that everybody gets, and for each addition the (row, option code) pairs
    that earn it.
    """

    bases: dict[str, int]
    additions: Additions

    def add(self, section: str, row: int, marks: tuple[int, dict[int, int]]) -> None:
        """Add one item: the numerator for unnamed answers, and those of named ones by option code."""
        base, named = marks
        self.bases[section] = self.bases.get(section, 0) + base
        for code, mark in named.items():
            self.additions.setdefault(section, {}).setdefault(mark - base, []).append((row, code))


def run(plans: Mapping[str, Plan], responses: Responses) -> dict[str, Integers]:
    """Compute the numerators of each section for everybody, each by the plan of their booklet series."""
    columns = {name: np.zeros(len(responses), dtype=np.int64) for name in plans[""].bases}
    if not any(responses.series):
        for start in range(0, len(responses), BLOCK):
            stop = min(start + BLOCK, len(responses))
            _count(plans[""], responses.answers[:, start:stop], columns, slice(start, stop))
        return columns
    series = np.array(responses.series, dtype=np.str_)
    for name in np.unique(series).tolist():
        people = np.flatnonzero(series == name)
        for start in range(0, len(people), BLOCK):
            rows = people[start : start + BLOCK]
            _count(plans[name], responses.answers[:, rows], columns, rows)
    return columns


def _count(plan: Plan, answers: Answers, columns: dict[str, Integers], rows: slice | Integers) -> None:
    """Add the marks of one block of people; `answers` has the shape (items, people)."""
    people = answers.shape[1]
    equal = np.empty(people, dtype=bool)
    counter = np.empty(people, dtype=np.uint8)
    for section, base in plan.bases.items():
        marks = np.full(people, base, dtype=np.int64)
        for addition, pairs in plan.additions.get(section, {}).items():
            for start in range(0, len(pairs), COUNTER):
                counter[:] = 0
                for row, code in pairs[start : start + COUNTER]:
                    np.equal(answers[row], code, out=equal)
                    np.add(counter, equal.view(np.uint8), out=counter)
                marks += np.multiply(counter, addition, dtype=np.int64)
        columns[section][rows] = marks
