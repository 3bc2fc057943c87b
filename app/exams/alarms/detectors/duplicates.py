"""Sheets that agree in more answers than two people of their ability give by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.exams.alarms.detectors.chances import Floats, log_tail
from app.exams.alarms.material import Codes, Finding, Material, Texts
from app.exams.alarms.states import Kind

# So many items show it, and so many people say how common an answer is.
LEAST_ITEMS, FEWEST_PEOPLE = 20, 60
# People of one ability agree more often than chance says, by what they were taught; the margin is for that.
LOG_FALSE_ALARMS = float(np.log(1e-6))
# All pairs are compared among so many; in larger examinations those of one room, and neighbours by number.
MOST_TOGETHER = 1_500
MOST_SHOWN = 30
# People are told apart by ability in so many classes of at least so many people.
CLASSES, LEAST_CLASS = 10, 30
Numbers = np.ndarray


def find_duplicates(material: Material) -> list[Finding]:
    """Find pairs of sheets with more answers in common than their abilities explain.

    How often people of each class of ability give each answer is counted; two agree in an item by chance as
    often as the products of these shares say. The probability of as many agreements is bounded from above
    and counted against all pairs that were looked at. Two who have nearly everything right agree by right.
    """
    correct = material.correct()
    if correct is None or material.people < FEWEST_PEOPLE or len(material.codes) < LEAST_ITEMS:
        return []
    level = _classes(correct.sum(axis=1))
    expected = _expected(material.matrix, level, len(material.options) + 2)
    blocks = list(_blocks(material))
    looks = sum(len(rows) * (len(rows) - 1) // 2 for rows in blocks)
    least = LOG_FALSE_ALARMS - float(np.log(max(looks, 1)))
    found: dict[tuple[int, int], tuple[float, int, float]] = {}
    for rows in blocks:
        for one, two, chance, same, usual in _pairs(material.matrix[rows], level[rows], expected, least):
            found[int(rows[one]), int(rows[two])] = (chance, same, usual)
    if not found:
        return []
    return [
        _told(
            material.numbers,
            sorted(found.items(), key=lambda pair: (pair[1][0], pair[0])),
            len(material.codes),
        )
    ]


def _told(
    numbers: Texts, pairs: list[tuple[tuple[int, int], tuple[float, int, float]]], items: int
) -> Finding:
    rows = [
        [str(numbers[one]), str(numbers[two]), same, f"{usual:.0f}"]
        for (one, two), (_, same, usual) in pairs[:MOST_SHOWN]
    ]
    first = rows[0]
    many = "" if len(pairs) == 1 else f" {len(pairs):,} pairs of sheets agree like this."
    sentence = (
        f"The sheets of {first[0]} and {first[1]} have {first[2]} of {items} answers in common; two people of"
        f" their ability have {first[3]}.{many} One may be a copy of the other, or a sheet was read twice."
    )
    evidence: dict[str, object] = {
        "columns": ["Candidate", "Candidate", "Answers in common", "Usual for the two"],
        "rows": rows,
        "numbers": sorted({str(number) for row in rows for number in row[:2]}),
        "count": len(pairs),
    }
    return Finding(Kind.DUPLICATES, "pairs of sheets", sentence, evidence)


def _classes(totals: Numbers) -> Numbers:
    """Number the classes of ability from 0, as equal in size as ties allow."""
    count = int(np.clip(len(totals) // LEAST_CLASS, 1, CLASSES))
    bounds = np.quantile(totals, np.arange(1, count) / count)
    return np.searchsorted(bounds, totals, side="left")


def _expected(matrix: Codes, level: Numbers, options: int) -> Floats:
    """Give how many answers two people agree in by chance, by the classes of both."""
    shares = np.zeros((int(level.max()) + 1, matrix.shape[1], options))
    for own in range(len(shares)):
        chosen = matrix[level == own]
        for code in range(options):
            shares[own, :, code] = (chosen == code).mean(axis=0) if len(chosen) else 0
    flat = shares.reshape(len(shares), -1)
    found: Floats = flat @ flat.T
    return found


def _blocks(material: Material) -> Iterator[np.ndarray]:
    """Give the people among whom all pairs are compared."""
    everybody = np.arange(material.people)
    if material.people <= MOST_TOGETHER:
        yield everybody
        return
    groups = material.groups if len(material.groups) else np.full(material.people, "")
    for group in sorted(set(groups.tolist()) - {""}):
        rows = np.flatnonzero(groups == group)
        for start in range(0, len(rows), MOST_TOGETHER):
            yield rows[start : start + MOST_TOGETHER]
    if not any(groups.tolist()):
        step = MOST_TOGETHER // 10
        for start in range(0, material.people, step):
            yield everybody[start : start + 2 * step]


def _pairs(
    matrix: Codes, level: Numbers, expected: Floats, least: float
) -> Iterator[tuple[int, int, float, int, float]]:
    """Compare all pairs of a block; give those beyond the limit, with the logarithm of their chance."""
    same = np.zeros((len(matrix), len(matrix)), dtype=np.float32)
    for code in range(int(matrix.max(initial=0)) + 1):
        chose = (matrix == code).astype(np.float32)
        same += chose @ chose.T
    usual = expected[level[:, None], level[None, :]]
    one, two = np.nonzero(np.triu(same > usual, k=1))
    items = np.full(len(one), float(matrix.shape[1]))
    chances = log_tail(same[one, two].astype(np.float64), items, usual[one, two])
    for row in np.flatnonzero(chances < least).tolist():
        a, b = int(one[row]), int(two[row])
        yield a, b, float(chances[row]), int(same[a, b]), float(usual[a, b])
