"""Normalising 150 shifts: the peer sorts each shift, works its distinct marks out and looks each mark up."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, getcontext

import numpy as np

from app.exams import merit
from app.exams.merit.normalisation import Sessions, normalise
from tests.bench.measuring import US, Measure, measured
from tests.unit.exams.merit.books import WRITTEN, book

METHODS = {
    "percentile": "Percentiles in 150 shifts",
    "mean-sd": "Mean and deviation in 150 shifts",
    "two-point": "Two points in 150 shifts",
}
SORTING = "sorting each shift"
SHIFTS, QUARTERS = 150, 4
RULES = """
[component.normalise]
method = "{method}"
by = "shift"
rounding = {{ places = 5 }}
citation = "bench"
"""


def percentiles(marks: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """Give percentiles to five places, half up, by sorting each shift."""
    result = np.zeros(len(marks), dtype=np.int64)
    for shift in range(SHIFTS):
        own = np.flatnonzero(shifts == shift)
        ordered = np.sort(marks[own])
        below = np.searchsorted(ordered, marks[own], side="right")
        result[own] = (2 * below * 10**7 + len(own)) // (2 * len(own))
    return result


def lines(
    marks: np.ndarray, shifts: np.ndarray, points: Callable[[np.ndarray], tuple[Decimal, Decimal]]
) -> np.ndarray:
    """Bring each shift by a straight line to where everybody stands, by sorting; `points` gives two marks."""
    result = np.zeros(len(marks), dtype=np.int64)
    low, high = points(np.sort(marks))
    for shift in range(SHIFTS):
        own = np.flatnonzero(shifts == shift)
        ordered = np.sort(marks[own])
        own_low, own_high = points(ordered)
        distinct = ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[0] - 1))]
        slope = (high - low) / (own_high - own_low)
        values = [
            ((Decimal(mark) / QUARTERS - own_low) * slope + low).quantize(Decimal("1e-5"), ROUND_HALF_UP)
            for mark in distinct.tolist()
        ]
        table = np.array([int(value.scaleb(5)) for value in values])
        result[own] = table[np.searchsorted(distinct, marks[own])]
    return result


def mean_and_deviation(ordered: np.ndarray) -> tuple[Decimal, Decimal]:
    """Give the mean, and the mean and one deviation, of marks in quarters."""
    people, total, squares = len(ordered), int(ordered.sum()), int((ordered * ordered).sum())
    mean = Decimal(total) / people
    deviation = (Decimal(squares * people - total * total) / people**2).sqrt()
    return mean / QUARTERS, (mean + deviation) / QUARTERS


def low_and_top(ordered: np.ndarray) -> tuple[Decimal, Decimal]:
    """Give the mean and one deviation, and the mean of the best thousandth."""
    best = ordered[-max(1, -(-len(ordered) // 1000)) :]
    return mean_and_deviation(ordered)[1], Decimal(int(best.sum())) / len(best) / QUARTERS


def run(people: int) -> list[Measure]:
    """Normalise and compare; then time."""
    getcontext().prec = 40
    rng = np.random.default_rng(3)
    raw = np.clip(rng.normal(400, 120, people), 0, 800).astype(np.int64)
    shift_of = rng.integers(0, SHIFTS, people)
    sessions = Sessions(shift_of, tuple(f"{shift:03}" for shift in range(SHIFTS)))
    marks, present = merit.Marks(raw, QUARTERS), np.ones(people, dtype=bool)
    by_sorting = {
        "percentile": lambda: percentiles(raw, shift_of),
        "mean-sd": lambda: lines(raw, shift_of, mean_and_deviation),
        "two-point": lambda: lines(raw, shift_of, low_and_top),
    }
    found = []
    for method, subject in METHODS.items():
        text = book(WRITTEN, RULES.format(method=method)).replace('maximum = "100"', 'maximum = "200"')
        rules = merit.rulebook.load(text).components[0].normalise
        assert rules is not None
        assert (normalise(rules, marks, sessions, present).marks.numerators == by_sorting[method]()).all(), (
            method
        )

        def ours(rules: object = rules) -> object:
            return normalise(rules, marks, sessions, present)

        found += measured(subject, people, {US: ours, SORTING: by_sorting[method]})
    return found
