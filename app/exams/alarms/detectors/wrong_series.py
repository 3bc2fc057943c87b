"""Sheets marked by the key of another booklet series."""

from __future__ import annotations

import numpy as np

from app.exams.alarms.detectors.chances import limit
from app.exams.alarms.material import Finding, Material
from app.exams.alarms.states import Kind

MOST_SHOWN = 50


def find_wrong_series(material: Material) -> list[Finding]:
    """Find sheets that fit another series than the one that was marked on them.

    What a sheet earns by its own series is compared with every other; the difference is measured in
    deviations of two draws by chance over the items that stand elsewhere. One clean examination in a
    thousand is told of wrongly.
    """
    right = material.right
    if right is None or len(material.turns) < 2 or not len(material.series):
        return []
    options = max(len(material.options), 2)
    least = limit(material.people * (len(material.turns) - 1))
    found = []
    for own, places in material.turns.items():
        people = np.flatnonzero(material.series == own)
        printed = material.matrix[people][:, places]
        earned = right[places, printed].sum(axis=1)
        for other, elsewhere in material.turns.items():
            moved = int((places != elsewhere).sum())
            if other == own or not moved:
                continue
            fits = right[elsewhere, printed].sum(axis=1)
            scores = (fits - earned) / np.sqrt(moved * 2 * (1 / options) * (1 - 1 / options))
            found += [
                (-float(scores[row]), int(people[row]), own, other, int(earned[row]), int(fits[row]))
                for row in np.flatnonzero(scores > least).tolist()
            ]
    if not found:
        return []
    found.sort()
    rows = [
        [str(material.numbers[person]), own, other, earned, fits]
        for _, person, own, other, earned, fits in found[:MOST_SHOWN]
    ]
    numbers = [str(row[0]) for row in rows]
    who = f"The sheet of {numbers[0]} fits" if len(found) == 1 else f"{len(found):,} sheets fit"
    sentence = (
        f"{who} another booklet series than the one that is marked, such as {rows[0][2]} instead of"
        f" {rows[0][1]}."
    )
    columns = ["Candidate", "Series marked", "Series that fits", "Right as marked", "Right by the other"]
    evidence: dict[str, object] = {"columns": columns, "rows": rows, "numbers": numbers, "count": len(found)}
    return [Finding(Kind.WRONG_SERIES, "series", sentence, evidence)]
