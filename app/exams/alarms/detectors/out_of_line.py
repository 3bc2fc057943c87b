"""A room or a centre whose marks do not fit with the others': mean, spread, how they go with other parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.exams.alarms.detectors.chances import limit
from app.exams.alarms.detectors.slipped import add_parts
from app.exams.alarms.material import Finding, Floats, Material, Texts
from app.exams.alarms.states import Kind

# Smaller groups have no spread and no correlation worth the name; a mean needs fewer.
FEWEST, FEWEST_FOR_MEAN = 12, 8
LEAST_GROUPS = 4
BARS = 40


@dataclass(frozen=True, slots=True)
class _Look:
    """What is compared between groups: its words, a value a group, and the deviation of each by chance."""

    what: str
    names: list[str]
    sizes: list[int]
    values: Floats
    errors: Floats
    places: int


def find_out_of_line(material: Material) -> list[Finding]:
    """Compare the groups with each other, and the centres with each other.

    The rest of the groups says how far groups differ from another without anything being wrong: centres of
    one examination are never alike, so a fixed limit would speak all the time. One clean examination in a
    thousand is told of wrongly, for rooms and for centres each.
    """
    correct = material.correct()
    if correct is None:
        return []
    totals = correct.sum(axis=1).astype(np.float64)
    found = []
    for kind, names in (("Room or bundle", material.groups), ("Centre", material.centres)):
        if len(names):
            looks = [look for look in _looks(material, totals, names) if len(look.names) >= LEAST_GROUPS]
            least = limit(sum(len(look.names) for look in looks))
            for look in looks:
                found += _outliers(kind, look, least)
    return found


def _looks(material: Material, totals: Floats, names: Texts) -> list[_Look]:
    groups = sorted(set(names.tolist()) - {""})
    members = {group: np.flatnonzero(names == group) for group in groups}
    for_mean = {group: rows for group, rows in members.items() if len(rows) >= FEWEST_FOR_MEAN}
    wide = {group: rows for group, rows in members.items() if len(rows) >= FEWEST}
    spread = float(totals.std())
    if spread == 0:
        return []
    looks = [
        _Look(
            "mean",
            list(for_mean),
            [len(rows) for rows in for_mean.values()],
            np.array([totals[rows].mean() for rows in for_mean.values()]),
            np.array([spread / np.sqrt(len(rows)) for rows in for_mean.values()]),
            1,
        ),
        _Look(
            "spread",
            list(wide),
            [len(rows) for rows in wide.values()],
            np.array([np.log(max(float(totals[rows].std()), 1e-3)) for rows in wide.values()]),
            np.array([np.sqrt(1 / (2 * (len(rows) - 1))) for rows in wide.values()]),
            2,
        ),
    ]
    if material.parts:
        looks.append(_correlations(material, totals, wide))
    return looks


def _correlations(material: Material, totals: Floats, members: dict[str, np.ndarray]) -> _Look:
    """Give the correlation with the other parts by group, on Fisher's scale, whose deviation is known."""
    other, known = add_parts(material)
    names, sizes, values = [], [], []
    for group, rows in members.items():
        own = rows[known[rows]]
        if len(own) >= FEWEST and totals[own].std() > 0 and other[own].std() > 0:
            names.append(group)
            sizes.append(len(own))
            together = float(np.corrcoef(totals[own], other[own])[0, 1])
            values.append(np.arctanh(np.clip(together, -0.999, 0.999)))
    errors = np.array([1 / np.sqrt(size - 3) for size in sizes])
    return _Look("correlation", names, sizes, np.array(values), errors, 2)


def _outliers(kind: str, look: _Look, least: float) -> list[Finding]:
    """Give the groups that lie apart both by chance inside them and by how the others lie among themselves.

    The second is Student's t of one group against the rest, brought to the normal scale as Wallace does
    (Annals of Mathematical Statistics 30, 1959).
    """
    values, count = look.values, len(look.values)
    rest = (values.sum() - values) / (count - 1)
    squares = ((values**2).sum() - values**2) - (count - 1) * rest**2
    freedom = count - 2
    spread = np.sqrt(np.maximum(squares, 0) / freedom * (1 + 1 / (count - 1)))
    by_chance = np.abs(values - rest) / np.sqrt(look.errors**2 * (1 + 1 / (count - 1)))
    student = np.divide(np.abs(values - rest), spread, out=np.zeros(count), where=spread > 0)
    normal = np.sqrt(freedom * np.log1p(student**2 / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
    middle = float(np.median(values))
    apart = np.flatnonzero(np.minimum(by_chance, normal) > least)
    return [_told(kind, look, row, middle) for row in apart.tolist()]


def _shown(what: str, value: float) -> float:
    """Turn a value from the scale on which it was compared to the one that people read."""
    return float({"spread": np.exp, "correlation": np.tanh}[what](value) if what != "mean" else value)


def _told(kind: str, look: _Look, row: int, middle: float) -> Finding:
    values = [_shown(look.what, value) for value in look.values]
    name, value, usual = look.names[row], values[row], _shown(look.what, middle)
    words = {
        "mean": ("The mean of right answers", "right answers on average"),
        "spread": ("The spread of right answers", "right answers of spread"),
        "correlation": ("The correlation with the other parts", "correlation with the other parts"),
    }
    sentence = (
        f"{words[look.what][0]} in {name} ({look.sizes[row]} people) is {value:.{look.places}f};"
        f" elsewhere it is {usual:.{look.places}f} in the middle. Chance alone does not explain it."
    )
    order = sorted(range(len(values)), key=lambda place: -abs(values[place] - usual))[:BARS]
    rows = [[look.names[place], look.sizes[place], f"{values[place]:.{look.places}f}"] for place in order]
    evidence: dict[str, object] = {
        "columns": [kind, "People", words[look.what][1].capitalize()],
        "rows": rows,
        "points": [[look.sizes[place], round(values[place], 4), look.names[place]] for place in order],
        "marked": name,
        "axis": words[look.what][1].capitalize(),
        "count": look.sizes[row],
    }
    return Finding(Kind.OUT_OF_LINE, f"{name}: {look.what}", sentence, evidence)
