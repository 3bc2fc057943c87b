"""The derivations of a whole list: what `explain` gives, for everybody at once.

Most of a derivation follows from few numbers that many people share. It is worked out once for each kind of
person; only the lot, the rank and the neighbours are written one by one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from app.exams.merit.composition import Composed
from app.exams.merit.derivation import (
    Group,
    Step,
    component_steps,
    counted_steps,
    gate_steps,
    groups_of,
    preference_steps,
    total_steps,
)
from app.exams.merit.exact import Integers, Marks
from app.exams.merit.explaining import Explanation, decided_by, order_steps, rank_steps
from app.exams.merit.ranking import MeritList, Row
from app.exams.merit.scoring import Scores


def explain_all(merit_list: MeritList, *scores: Scores) -> Iterator[Explanation]:
    """Explain everybody's place as `explain` does, in the order of the list."""
    answered = [_Answered(score) for score in scores]
    kinds, shared = _kinds(merit_list), dict[int, list[Step]]()
    neighbours = _Neighbours(merit_list)
    own, rules = merit_list.digest, merit_list.rulebook.digest
    for index, row in zip(merit_list.order.tolist(), merit_list.rows, strict=True):
        steps = [step for sheet in answered for step in sheet.steps(row.candidate_id)]
        kind = kinds[index]
        if kind not in shared:
            shared[kind] = _shared_steps(merit_list, index, row)
        steps += shared[kind]
        steps += rank_steps(merit_list, row)
        steps += order_steps(merit_list, index, row)
        above, below, decided = neighbours.of(row)
        yield Explanation(row.candidate_id, own, rules, row, tuple(steps), above, below, decided)


def _shared_steps(merit_list: MeritList, index: int, row: Row) -> list[Step]:
    return [
        *component_steps(merit_list, index),
        *total_steps(merit_list, index),
        *gate_steps(merit_list, index),
        *preference_steps(merit_list, index, row),
    ]


def _kinds(merit_list: MeritList) -> list[int]:
    """Number people so that those of one number have every column alike that a derivation reads."""
    working, candidates = merit_list.working, merit_list.candidates
    preferred = working.preferred
    by = {part.normalise.by for part in merit_list.rulebook.components if part.normalise}
    columns: list[Any] = [
        *_composed(working.composed),
        working.passed,
        working.category,
        working.earned.numerators,
        working.final.numerators,
        preferred.floated,
        *preferred.counted,
        *(worth.numerators for worth in preferred.worths),
        *(gate.met for gate in working.gates),
        *(gate.marks.numerators for gate in working.gates if gate.marks is not None),
        *candidates.claims.values(),
        *(_numbered(candidates.attributes[name]) for name in sorted(by - {""})),
    ]
    numbers: list[int] = _together(columns, len(candidates)).tolist()
    return numbers


def _composed(composed: Composed) -> Iterator[npt.NDArray[Any]]:
    """Give every column between the marks and the total."""
    tables: tuple[dict[str, Marks], ...] = (
        composed.raw,
        composed.values,
        composed.normalised,
        composed.tabled,
        composed.shares,
    )
    for table in tables:
        for marks in table.values():
            yield marks.numerators
    yield from composed.present.values()
    yield composed.total.numerators


def _numbered(values: Sequence[Any]) -> Integers:
    """Number texts, equal ones alike."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(str(value), len(known)) for value in values], dtype=np.int64)


def _together(columns: Sequence[npt.NDArray[Any]], count: int) -> Integers:
    """Number rows so that equal ones have the same number."""
    found = np.zeros(count, dtype=np.int64)
    for column in columns:
        distinct, places = np.unique(column, return_inverse=True)
        _, found = np.unique(found * len(distinct) + places, return_inverse=True)
    return found


class _Answered:
    """What became of everybody's answers on the sheets of one component."""

    def __init__(self, score: Scores) -> None:
        self.score = score
        self.rows = score.responses.rows_by_id
        self.known: dict[tuple[int, ...], list[Step]] = {}
        self.groups: list[Group] = []
        self.counts = self._count().T.tolist()

    def steps(self, candidate_id: str) -> list[Step]:
        """Give the steps of one person's answers, none without a sheet."""
        if candidate_id not in self.rows:
            return []
        counts = tuple(self.counts[self.rows[candidate_id]])
        if counts not in self.known:
            given = {group: count for group, count in zip(self.groups, counts, strict=True) if count}
            self.known[counts] = counted_steps(self.score, given)
        return self.known[counts]

    def _count(self) -> Integers:
        """Count for each group how many answers everybody gave, shape (groups, people)."""
        responses, numbers = self.score.responses, dict[Group, int]()
        series = np.array(responses.series or [""] * len(responses), dtype=np.str_)
        tables = {str(name): self._table(str(name), numbers) for name in np.unique(series)}
        self.groups = list(numbers)
        counts = np.zeros((len(numbers), len(responses)), dtype=np.int64)
        for name, table in tables.items():
            people = np.flatnonzero(series == name)
            for item, groups in enumerate(table):
                counts[groups[responses.answers[item, people]], people] += 1
        return counts

    def _table(self, series: str, numbers: dict[Group, int]) -> list[Integers]:
        """Give for each item the number of the group of each option, 0 being a blank."""
        options: list[str | None] = [None, *self.score.responses.options[1:]]
        return [
            np.array([numbers.setdefault(group(option), len(numbers)) for option in options], dtype=np.int64)
            for group in groups_of(self.score, series).values()
        ]


class _Neighbours:
    """The scores above and below a rank, and the key that parts it from the one above."""

    def __init__(self, merit_list: MeritList) -> None:
        self.merit_list = merit_list
        ranks = merit_list.ranks
        self.starts = np.searchsorted(ranks, ranks, side="left").tolist()
        self.stops = np.searchsorted(ranks, ranks, side="right").tolist()
        self.scores: list[str | None] = [row.score for row in merit_list.rows[: merit_list.passed_count]]
        self.decided: dict[int, str] = {0: ""}

    def of(self, row: Row) -> tuple[str | None, str | None, str]:
        """Give the score above and below a row, None at the ends and without a rank, and the key."""
        if row.rank is None:
            return None, None, ""
        start, stop = self.starts[row.position - 1], self.stops[row.position - 1]
        if start not in self.decided:
            self.decided[start] = decided_by(self.merit_list, start)
        above = self.scores[start - 1] if start else None
        below = self.scores[stop] if stop < len(self.scores) else None
        return above, below, self.decided[start]
