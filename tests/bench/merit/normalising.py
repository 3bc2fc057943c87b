"""Normalising 150 shifts: the peer sorts each shift and looks every mark up."""

import numpy as np

from app.exams import merit
from app.exams.merit.normalisation import Sessions, normalise
from tests.bench.merit.timing import best, report
from tests.unit.exams.merit.books import WRITTEN, book

RULES = """
[component.normalise]
method = "percentile"
by = "shift"
rounding = { places = 5 }
citation = "bench"
"""


def by_sorting(marks: np.ndarray, shifts: np.ndarray, count: int) -> np.ndarray:
    """Give percentiles to five places, half up, by sorting each shift."""
    result = np.zeros(len(marks), dtype=np.int64)
    for shift in range(count):
        own = np.flatnonzero(shifts == shift)
        ordered = np.sort(marks[own])
        below = np.searchsorted(ordered, marks[own], side="right")
        result[own] = (2 * below * 10**7 + len(own)) // (2 * len(own))
    return result


def run(people: int, shifts: int = 150) -> list[str]:
    """Normalise and compare; then time."""
    rng = np.random.default_rng(3)
    raw = np.clip(rng.normal(400, 120, people), 0, 800).astype(np.int64)
    shift_of = rng.integers(0, shifts, people)
    rules = merit.rulebook.load(book(WRITTEN, RULES)).components[0].normalise
    assert rules is not None
    sessions = Sessions(shift_of, tuple(f"{shift:03}" for shift in range(shifts)))
    marks, present = merit.Marks(raw, 4), np.ones(people, dtype=bool)
    assert (
        normalise(rules, marks, sessions, present).marks.numerators == by_sorting(raw, shift_of, shifts)
    ).all()
    ours = best(lambda: normalise(rules, marks, sessions, present))
    peer = best(lambda: by_sorting(raw, shift_of, shifts))
    return report(f"percentiles of {people:,} in {shifts} shifts", ours, {"sorting each shift": peer})
