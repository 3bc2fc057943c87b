"""Slips: answers of a sheet one item too low or high, rows of a file one person too low or high."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.exams.alarms.detectors.chances import limit, standard
from app.exams.alarms.material import Finding, Floats, Material
from app.exams.alarms.states import Kind

Numbers = npt.NDArray[np.int64]
# A slip of fewer items cannot be told from luck.
LEAST_ITEMS = 12
# Of a sheet there are some forty places that differ enough to be looks of their own, in two directions.
LOOKS_A_SHEET = 40
# What moving the answers must gain by itself, and how far ability may have been lucky, in deviations.
LEAST_GAIN, DOUBT = 4.0, 1.5
# A shorter stretch of people shows nothing.
LEAST_ROWS = 30
MOST_SHOWN = 50
BLOCK = 50_000


def find_slipped(material: Material) -> list[Finding]:
    """Look for slips inside sheets, then for rows that slid."""
    return [*_sheets(material), *_rows(material)]


def _sheets(material: Material) -> list[Finding]:
    """Find sheets whose answers fit the key from some item on when they are read one item up or down.

    For each place the answers that follow are compared twice, and the difference with what the person would
    have got right by the items before. One clean examination in a thousand is told of wrongly; a slip of
    forty items is found mostly when two thirds of the answers are right, a shorter one of better people.
    """
    if material.right is None or len(material.codes) < LEAST_ITEMS:
        return []
    options = max(len(material.options), 2)
    spread = 2 * (1 / options) * (1 - 1 / options)
    least = limit(material.people * LOOKS_A_SHEET)
    found = []
    for start in range(0, material.people, BLOCK):
        found += _slips(material, slice(start, start + BLOCK), spread, least)
    if not found:
        return []
    found.sort()
    rows = [
        [str(material.numbers[person]), material.codes[item], "up" if shift > 0 else "down", now, then]
        for _, person, item, shift, now, then in found[:MOST_SHOWN]
    ]
    numbers = [row[0] for row in rows]
    who = numbers[0] if len(found) == 1 else f"{len(found):,} candidates"
    sentence = (
        f"The answers of {who} fit the key when they are read one item further {rows[0][2]} from item"
        f" {rows[0][1]} on. They may have been marked, or read, one line off."
    )
    columns = ["Candidate", "From item", "Read further", "Right as it stands", "Right when moved"]
    evidence: dict[str, object] = {"columns": columns, "rows": rows, "numbers": numbers, "count": len(found)}
    return [Finding(Kind.SLIPPED, "sheets", sentence, evidence)]


def _slips(
    material: Material, people: slice, spread: float, least: float
) -> list[tuple[float, int, int, int, int, int]]:
    """Give (order, person, item, shift, right now, right moved) of each sheet that slipped."""
    right, matrix = material.right, material.matrix[people]
    if right is None:
        return []
    items = np.arange(matrix.shape[1])
    correct = right[items, matrix].astype(np.int16)
    found = []
    for shift in (1, -1):
        moved = np.zeros_like(correct)
        if shift > 0:
            moved[:, :-1] = right[items[:-1], matrix[:, 1:]]
        else:
            moved[:, 1:] = right[items[1:], matrix[:, :-1]]
        gains = np.cumsum((moved - correct)[:, ::-1], axis=1)[:, ::-1]
        lengths = len(items) - items
        scores = _scores(gains, lengths, _surely(correct, spread), spread)
        best = scores.argmax(axis=1)
        values = scores[np.arange(len(best)), best]
        for row in np.flatnonzero(values > least).tolist():
            item = int(best[row])
            now, then = int(correct[row, item:].sum()), int(moved[row, item:].sum())
            found.append((-float(values[row]), people.start + row, item, shift, now, then))
    return found


def _surely(correct: npt.NDArray[np.int16], spread: float) -> Floats:
    """Give the share of right answers that a person surely has, judged by the items before each place."""
    before = np.arange(correct.shape[1])
    share = (np.cumsum(correct, axis=1) - correct) / np.maximum(before, 1)
    chance = (1 - np.sqrt(1 - 2 * spread)) / 2
    sure: Floats = np.maximum(share - DOUBT * np.sqrt(0.25 / np.maximum(before, 1)), chance)
    return sure


def _scores(gains: Numbers, lengths: Numbers, sure: Floats, spread: float) -> Floats:
    """Measure gains against what is usual: whoever was right before would go on so, had nothing slipped.

    Who only gives up gains nothing by moving the answers: the gain by itself must be beyond luck, too.
    """
    chance = (1 - np.sqrt(1 - 2 * spread)) / 2
    usual = lengths * (sure - chance)
    deviation = np.sqrt(lengths * (sure * (1 - sure) + chance * (1 - chance)))
    scores: Floats = (gains + usual) / deviation
    scores[(gains < LEAST_GAIN * np.sqrt(spread * lengths)) | (lengths < LEAST_ITEMS)] = -np.inf
    return scores


def _rows(material: Material) -> list[Finding]:
    """Find a stretch of the file in which sheets belong to the person before or after.

    People stand in the order of their numbers. What each earned is multiplied with the other parts of the
    person at his place, and of the neighbours; in a slid stretch the neighbours' products are larger. The
    limit counts two directions and the places where a stretch can begin or end.
    """
    correct = material.correct()
    if correct is None or not material.parts or material.people < 2 * LEAST_ROWS:
        return []
    other, known = add_parts(material)
    if int(known.sum()) < 2 * LEAST_ROWS:
        return []
    people = np.flatnonzero(known)
    earned, beside = standard(correct[people].sum(axis=1).astype(np.float64)), standard(other[people])
    least = limit(2 * len(people))
    best = max((_stretch(earned, beside, lag) for lag in (1, -1)), key=lambda one: one[0])
    score, start, end, lag = best
    if score <= least:
        return []
    part = slice(start, end)
    at = [float(np.corrcoef(earned[part], np.roll(beside, by)[part])[0, 1]) for by in (0, lag)]
    first, last = str(material.numbers[people[start]]), str(material.numbers[people[end - 1]])
    neighbour = "before" if lag > 0 else "after"
    sentence = (
        f"From {first} to {last} the answers go with the other parts of the person {neighbour}: the"
        f" correlation is {at[1]:.2f} there and {at[0]:.2f} with one's own. Rows may have slid by one."
    )
    rows = [["With one's own", f"{at[0]:.2f}"], [f"With the person {neighbour}", f"{at[1]:.2f}"]]
    evidence: dict[str, object] = {
        "columns": ["Answers go with the other parts", "Correlation"],
        "rows": rows,
        "numbers": [first, last],
        "count": int(end - start),
    }
    return [Finding(Kind.SLIPPED, f"rows {first} to {last}", sentence, evidence)]


def _stretch(earned: Floats, beside: Floats, lag: int) -> tuple[float, int, int, int]:
    """Give the stretch with the largest gain, in deviations, with where it begins and ends."""
    gain = earned * (np.roll(beside, lag) - beside)
    sums = np.concatenate([[0.0], np.cumsum(gain)])
    best = (0.0, 0, 0, lag)
    length = LEAST_ROWS
    while length <= len(gain):
        # Lengths grow by a quarter: a stretch between two of them loses little of its gain.
        values = (sums[length:] - sums[:-length]) / np.sqrt(2 * length)
        start = int(values.argmax())
        best = max(best, (float(values[start]), start, start + length, lag))
        length = max(length + 1, length * 5 // 4)
    return best


def add_parts(material: Material) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Add the other parts up, each in its own deviations, and tell who has all of them."""
    columns = np.column_stack(list(material.parts.values()))
    known = np.asarray(~np.isnan(columns).any(axis=1), dtype=np.bool_)
    total = np.zeros(len(columns))
    for column in columns.T:
        total[known] += standard(column[known])
    return total, known
