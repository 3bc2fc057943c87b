"""Two bundles whose sheets were given to each other's candidates."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from app.exams.alarms.detectors.chances import limit, standard
from app.exams.alarms.detectors.slipped import add_parts
from app.exams.alarms.material import Finding, Floats, Material
from app.exams.alarms.states import Kind

# Smaller bundles are judged by attendance alone.
LEAST_PEOPLE = 8
# So many pairs of people who should and should not have sheets are no oversight.
LEAST_PAIRS = 2


def find_exchanged(material: Material) -> list[Finding]:
    """Find pairs of groups whose sheets fit the other group, by attendance and by the other parts."""
    groups = sorted(set(material.groups.tolist()) - {""})
    return [*_by_attendance(material), *_by_parts(material, groups)]


def _by_attendance(material: Material) -> list[Finding]:
    """Find pairs of groups in which as many present people lack a sheet as absent ones have one, crosswise.

    Exchanged, the sheets of a group go to the numbers of the other in order: who was absent there has a
    sheet here. It says nothing by chance: without a mix-up there are no such people at all.
    """
    lacking = _by_group(material.missing)
    extra = _by_group(material.unexpected)
    touched = sorted(group for group in lacking.keys() & extra.keys() if group)
    found = []
    for one, other in combinations(touched, 2):
        pairs = min(len(lacking[one]) + len(lacking[other]), len(extra[one]) + len(extra[other]))
        if pairs < LEAST_PAIRS:
            continue
        sentence = (
            f"In {one} and in {other} there are people who were present and have no sheet, and people who"
            " were absent and have one: the bundles of these two may have been exchanged."
        )
        rows = [[group, ", ".join(lacking[group][:5]), ", ".join(extra[group][:5])] for group in (one, other)]
        columns = ["Bundle", "Present, no sheet", "Absent, with a sheet"]
        evidence: dict[str, object] = {"columns": columns, "rows": rows, "count": pairs}
        found.append(Finding(Kind.EXCHANGED, f"{one} and {other}", sentence, evidence))
    return found


def _by_group(people: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, group in sorted(dict(people).items()):  # type: ignore[call-overload]
        found.setdefault(group, []).append(number)
    return found


def _by_parts(material: Material, groups: list[str]) -> list[Finding]:
    """Find pairs of equal size whose answers, exchanged in order, go with the other parts far better.

    The gain of the exchange is a sum of products of standard values; its deviation without one is the root
    of four for each person. One clean examination in a thousand is told of wrongly. With a correlation of
    0.6 between the parts, bundles of 60 are found among 50; those of 25 need a correlation of 0.9.
    """
    correct = material.correct()
    if correct is None or not material.parts:
        return []
    other, known = add_parts(material)
    earned = np.zeros(material.people)
    beside = np.zeros(material.people)
    if int(known.sum()) < 2 * LEAST_PEOPLE:
        return []
    earned[known] = standard(correct[known].sum(axis=1).astype(np.float64))
    beside[known] = standard(other[known])
    members = {group: np.flatnonzero((material.groups == group) & known) for group in groups}
    by_size: dict[int, list[str]] = {}
    for group, people in members.items():
        if len(people) >= LEAST_PEOPLE:
            by_size.setdefault(len(people), []).append(group)
    looks = sum(len(same) * (len(same) - 1) // 2 for same in by_size.values())
    least = limit(looks)
    found = []
    for size, same in by_size.items():
        rows = np.array([members[group] for group in same])
        gains = _gains(earned[rows], beside[rows])
        for one, two in zip(*np.nonzero(np.triu(gains / np.sqrt(4 * size) > least, k=1)), strict=True):
            found.append(_told(same[one], same[two], earned, beside, rows[one], rows[two]))
    return found


def _gains(earned: Floats, beside: Floats) -> Floats:
    """Give for each two groups, shape (groups, people) each, what exchanging their sheets would gain."""
    products = earned @ beside.T
    own = np.diag(products)
    gains: Floats = products + products.T - own[:, None] - own[None, :]
    return gains


def _told(
    one: str, two: str, earned: Floats, beside: Floats, mine: np.ndarray, theirs: np.ndarray
) -> Finding:
    now = [float(np.corrcoef(earned[people], beside[people])[0, 1]) for people in (mine, theirs)]
    then = [
        float(np.corrcoef(earned[theirs], beside[mine])[0, 1]),
        float(np.corrcoef(earned[mine], beside[theirs])[0, 1]),
    ]
    rows = [
        [group, f"{before:.2f}", f"{after:.2f}"]
        for group, before, after in zip((one, two), now, then, strict=True)
    ]
    sentence = (
        f"The answers of {one} go with the other parts of the people of {two}, and the other way round, when"
        " they are taken in order. The two bundles may have been exchanged."
    )
    columns = ["Bundle", "Correlation with the other parts", "When exchanged"]
    evidence: dict[str, object] = {"columns": columns, "rows": rows, "count": len(mine) + len(theirs)}
    return Finding(Kind.EXCHANGED, f"{one} and {two}", sentence, evidence)
