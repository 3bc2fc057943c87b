"""Item analysis against a NumPy loop of correlations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.exams.merit.fairness import item_bias
from app.exams.merit.psychometrics import items, reliability, sheets, tally
from tests.bench.measuring import US, Measure, measured

ITEMS, MORE = "Item analysis with distractors, 100 items", "Other statistics of 100 items"
LOOP = "a NumPy correlation loop"
OPTIONS = ("", *"ABCDE")

Found = list[tuple[float, float, float, list[tuple[int, float, float]]]]


def exam(people: int, count: int) -> sheets.Sheets:
    """Make answers of people of different ability, some blank, with one right option an item."""
    rng = np.random.default_rng(5)
    ability = rng.normal(0, 1, people)
    answers = rng.integers(0, len(OPTIONS), (count, people), dtype=np.uint8)
    keyed = rng.integers(1, len(OPTIONS), count)
    for place, hardness in enumerate(rng.normal(0, 1, count)):
        knows = rng.random(people) < 1 / (1 + np.exp(hardness - ability))
        answers[place, knows] = keyed[place]
    marks = np.zeros((count, len(OPTIONS)), dtype=np.int64)
    marks[np.arange(count), keyed] = 1
    totals = np.sum([marks[place][answers[place]] for place in range(count)], axis=0)
    codes = tuple(f"q{place:03}" for place in range(count))
    return sheets.Sheets(codes, OPTIONS, answers, marks, totals)


def by_correlating(answered: sheets.Sheets) -> Found:
    """Compute each statistic the plain way: a column of noughts and ones, then NumPy's correlation."""
    totals, found = answered.totals, []
    for place, answers in enumerate(answered.answers):
        right = (answers == answered.marks[place].argmax()).astype(np.int64)
        options = []
        for option in range(len(OPTIONS)):
            chosen = answers == option
            people = int(chosen.sum())
            options.append(
                (people, float(np.corrcoef(chosen, totals)[0, 1]), float(totals[chosen].sum() / people))
            )
        whole = float(np.corrcoef(right, totals)[0, 1])
        rest = float(np.corrcoef(right, totals - right)[0, 1])
        found.append((float(right.mean()), whole, rest, options))
    return found


def by_counting(answered: sheets.Sheets) -> Found:
    """Compute the same from one histogram."""
    return [
        (
            float(item.difficulty or 0),
            item.point_biserial or 0,
            item.corrected_point_biserial or 0,
            [(row.people, row.point_biserial or 0, float(row.mean_total or 0)) for row in item.options],
        )
        for item in items.analyse(tally.count(answered)).items
    ]


def close(found: Any) -> Any:
    """Allow for the rounding of floating numbers, at any depth."""
    return (
        [close(part) for part in found] if isinstance(found, list | tuple) else pytest.approx(found, abs=1e-8)
    )


def run(people: int = 1_000_000, count: int = 100) -> list[Measure]:
    """Compare the results; then time."""
    answered = exam(people, count)
    theirs = by_correlating(answered)
    assert [list(map(list, item[3])) for item in by_counting(answered)] == close([item[3] for item in theirs])
    assert [list(item[:3]) for item in by_counting(answered)] == close([item[:3] for item in theirs])
    calls = {US: lambda: by_counting(answered), LOOP: lambda: by_correlating(answered)}
    return measured(ITEMS, people, calls)


def more(people: int = 1_000_000, count: int = 100) -> list[Measure]:
    """Time what has no peer here."""
    answered = exam(people, count)
    counted, focal = tally.count(answered), np.arange(people) % 3 == 0
    calls: dict[str, Callable[[], object]] = {
        "alpha, and alpha without each item": lambda: reliability.reliability(counted),
        "split halves": lambda: reliability.split_half(answered),
        "Mantel-Haenszel for every item": lambda: item_bias.differential_items(answered, focal),
    }
    return measured(MORE, people, calls)
