"""Temporary values left in a key: one answer throughout, a pattern, or items that nobody gets right."""

from __future__ import annotations

import numpy as np

from app.exams.alarms.material import Codes, Finding, Flags, Material
from app.exams.alarms.states import Kind

# A pattern repeats after at most so many items.
LONGEST_PERIOD = 6
# A key made by chance holds such a run once in so many.
ONCE_IN = 100_000
# Fewer people say nothing about an item.
FEWEST_PEOPLE = 50
# Items side by side for which another answer is given by those who are good at the rest.
LEAST_ITEMS = 3
WEAKEST = 0.1
MOST_APART = 2


def find_placeholders(material: Material) -> list[Finding]:
    """Look at the key alone, then at what people answered."""
    if not material.key:
        return []
    return [*_pattern(material), *_contradicted(material)]


def _pattern(material: Material) -> list[Finding]:
    key, options = material.key, max(len(material.options), 2)
    found = max(
        (
            (length, start, period)
            for period in range(1, min(LONGEST_PERIOD, len(key) - 1) + 1)
            for length, start in [_longest(key, period)]
        ),
        default=(0, 0, 1),
    )
    length, start, period = found
    chance = LONGEST_PERIOD * len(key) / float(options) ** length
    if chance * ONCE_IN > 1:
        return []
    place = slice(start, start + length + period)
    codes, texts = material.codes[place], ["/".join(answers) or "–" for answers in key[place]]
    unit = texts[:period]
    what = f"“{unit[0]}” {len(texts)} times in a row" if period == 1 else f"{' '.join(unit)} over and over"
    sentence = (
        f"Items {codes[0]} to {codes[-1]} of the key are {what}. A key that was made item by item looks so"
        f" less than once in {ONCE_IN:,}: temporary values may have been left in it."
    )
    rows = [[code, text] for code, text in zip(codes, texts, strict=True)]
    return [Finding(Kind.PLACEHOLDER, "key", sentence, {"columns": ["Item", "Key"], "rows": rows})]


def _longest(key: tuple[tuple[str, ...], ...], period: int) -> tuple[int, int]:
    """Give the longest stretch in which each answer is that of `period` items before, and where it begins."""
    best, run = (0, 0), 0
    for place in range(period, len(key)):
        run = run + 1 if key[place] == key[place - period] else 0
        best = max(best, (run, place - period - run + 1))
    return best


def _contradicted(material: Material) -> list[Finding]:
    """Find items side by side whose key is denied by those who are good at the other items."""
    correct = material.correct()
    if correct is None or material.right is None or material.people < FEWEST_PEOPLE:
        return []
    totals = correct.sum(axis=1)
    signs = [
        _denied(material.matrix[:, item], correct[:, item], totals, material.right[item])
        for item in range(len(material.codes))
    ]
    stretch = _stretch(signs)
    if len(stretch) < LEAST_ITEMS:
        return []
    rows = []
    for item in stretch:
        code, share = signs[item] or (0, 0.0)
        keyed = float(correct[:, item].mean())
        rows.append(
            [
                material.codes[item],
                "/".join(material.key[item]),
                f"{keyed:.0%}",
                material.options[code - 2],
                f"{share:.0%}",
            ]
        )
    first, last = material.codes[stretch[0]], material.codes[stretch[-1]]
    sentence = (
        f"In items {first} to {last} those who do well elsewhere give another answer than the key's."
        " The key of these items may hold temporary values, or stand one place off."
    )
    columns = ["Item", "Key", "Chose it", "Chosen by the able", "Chose it instead"]
    return [
        Finding(Kind.PLACEHOLDER, f"items {first} to {last}", sentence, {"columns": columns, "rows": rows})
    ]


def _denied(answers: Codes, correct: Flags, totals: np.ndarray, right: Flags) -> tuple[int, float] | None:
    """Give the answer that the able give instead of the key's, with its share; None where the key holds."""
    rest = totals - correct
    if correct.any() and _together(correct, rest) >= 0:
        return None
    others = [code for code in range(2, len(right)) if not right[code]]
    pulls = [(_together(answers == code, rest), code) for code in others if (answers == code).any()]
    pull, code = max(pulls, default=(0.0, 0))
    return (code, float((answers == code).mean())) if pull > WEAKEST else None


def _together(chose: Flags, rest: np.ndarray) -> float:
    """Correlate choosing an answer with what is earned by the other items; 0 where nothing differs."""
    if chose.all() or not chose.any() or rest.std() == 0:
        return 0.0
    return float(np.corrcoef(chose.astype(np.float64), rest)[0, 1])


def _stretch(signs: list[tuple[int, float] | None]) -> list[int]:
    """Give the longest stretch of items that have a sign; one between two of them may be without.

    A temporary value is right by chance now and then.
    """
    best: list[int] = []
    run: list[int] = []
    for item, sign in enumerate(signs):
        if sign:
            run = [*run, item] if run and item - run[-1] <= MOST_APART else [item]
            best = run if len(run) > len(best) else best
    return best
