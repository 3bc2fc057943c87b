"""A column of ranks that was taken for marks."""

from __future__ import annotations

import numpy as np

from app.exams.alarms.material import Finding, Floats, Material, Texts
from app.exams.alarms.states import Kind

# Fewer people may have such marks by chance.
LEAST_PEOPLE = 8
# A few may have been corrected by hand since.
LEAST_SHARE = 0.95
SHOWN = 12


def find_ranks(material: Material) -> list[Finding]:
    """Find parts in which the marks of all, or of one group, are the places 1, 2, 3 of the same people.

    Ties count as they do in lists: 1, 2, 2, 4 or 1, 2, 2, 3. Marks that were given by chance are a row of
    places with a probability below one in eight factorial.
    """
    found = []
    for part, marks in material.parts.items():
        known = ~np.isnan(marks)
        if _are_places(marks[known]):
            found.append(_told(part, "", material.numbers[known], marks[known]))
            continue
        for group in sorted(set(material.groups.tolist()) - {""}):
            chosen = known & (material.groups == group)
            if _are_places(marks[chosen]):
                found.append(_told(part, str(group), material.numbers[chosen], marks[chosen]))
    return found


def _are_places(marks: Floats) -> bool:
    """Tell whether the marks are places: whole, from 1, each as high as the number of lower ones says."""
    if len(marks) < LEAST_PEOPLE or len(np.unique(marks)) < LEAST_PEOPLE:
        return False
    ordered = np.sort(marks)
    standard = 1 + np.searchsorted(ordered, marks, side="left")
    dense = 1 + np.searchsorted(np.unique(marks), marks, side="left")
    share = max(float((marks == standard).mean()), float((marks == dense).mean()))
    return share >= LEAST_SHARE


def _told(part: str, group: str, numbers: Texts, marks: Floats) -> Finding:
    where = f" in {group}" if group else ""
    sentence = (
        f"The marks of “{part}”{where} run 1, 2, 3 to {int(marks.max())} among {len(marks)} people:"
        " places in a ranking may have been entered as marks, which turns the order round."
    )
    order = np.argsort(marks, kind="stable")[:SHOWN]
    rows = [[str(numbers[row]), f"{marks[row]:g}"] for row in order.tolist()]
    subject = f"{part}{where}"
    evidence: dict[str, object] = {"columns": ["Candidate", "Mark"], "rows": rows, "count": len(marks)}
    return Finding(Kind.RANKS, subject, sentence, evidence)
