"""Every column between the candidates and the order of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.exams.merit import bands as banding
from app.exams.merit import ordering
from app.exams.merit.candidates import Candidates
from app.exams.merit.composition import Composed, compose
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Flags, Integers, Marks
from app.exams.merit.gates import Gate
from app.exams.merit.preference import Preferred, add_points, apply_preferences, over_cap
from app.exams.merit.rounding import round_marks
from app.exams.merit.rulebook import Rulebook


@dataclass(frozen=True)
class Working:
    """Intermediate columns, in the order of the candidates given.

    `earned` is the total that decides before preference, `final` after it; `keys` are the order keys,
    lowest first.
    """

    composed: Composed
    earned: Marks
    gates: tuple[Gate, ...]
    passed: Flags
    preferred: Preferred
    final: Marks
    category: Integers
    keys: Mapping[str, Integers]


def work(rulebook: Rulebook, candidates: Candidates, facts: Mapping[str, Any]) -> Working:
    """Run the stages from composition to the order keys."""
    composed = compose(rulebook, candidates, facts)
    rules = rulebook.total
    earned = round_marks(composed.total, rules.decision) if rules.decision else composed.total
    gates = list(composed.gates)
    passing = _all_met(gates, len(candidates))
    if rules.minimum is not None:
        early = apply_preferences(
            rulebook.preferences, candidates, earned, ~passing & passing, composed.maximum, facts
        )
        judged = (earned if rules.gate == "after" else composed.total).plus(early.points)
        gates.append(rules.minimum.gate("total", judged, candidates))
        passing &= gates[-1].met
    preferred = apply_preferences(rulebook.preferences, candidates, earned, passing, composed.maximum, facts)
    preferred = _capped(rulebook, earned, preferred, passing, facts)
    final = add_points(rulebook.preferences, earned, preferred.points)
    category = np.zeros(len(candidates), dtype=np.int64)
    if rulebook.bands:
        marks = {"total": final, "earned": earned}
        category = banding.categorise(rulebook.bands, marks, candidates, facts)
        inside = (category < len(rulebook.bands.categories)) | (rulebook.bands.by == "sed")
        gates.append(Gate("a category", None, inside))
        passing &= inside
        category = np.where(preferred.floated & inside, 0, category)
    exact = composed.total.plus(preferred.points)
    keys = _key_columns(rulebook, candidates, composed, earned, final, exact, preferred, category)
    return Working(composed, earned, tuple(gates), passing, preferred, final, category, keys)


def _all_met(gates: list[Gate], count: int) -> Flags:
    passing = np.ones(count, dtype=bool)
    for gate in gates:
        passing &= gate.met
    return passing


def _capped(
    rulebook: Rulebook, earned: Marks, preferred: Preferred, passing: Flags, facts: Mapping[str, Any]
) -> Preferred:
    cap = rulebook.preferences.cap
    if cap is None:
        return preferred
    vacancies = facts.get("vacancies")
    if not isinstance(vacancies, int) or vacancies < 0:
        raise InputError(
            "facts", "the cap on preference asks for the number of vacancies.", column="vacancies"
        )
    final = add_points(rulebook.preferences, earned, preferred.points)
    denied = over_cap(cap, earned, final, passing, vacancies)
    points = Marks(np.where(denied, 0, preferred.points.numerators), preferred.points.denominator)
    return replace(preferred, points=points, counted=tuple(flags & ~denied for flags in preferred.counted))


def _key_columns(
    rulebook: Rulebook,
    candidates: Candidates,
    composed: Composed,
    earned: Marks,
    final: Marks,
    exact: Marks,
    preferred: Preferred,
    category: Integers,
) -> dict[str, Integers]:
    known = {
        "total": final.numerators,
        "earned": earned.numerators,
        "exact": exact.numerators,
        "tier": preferred.tier,
        "preference": preferred.eligible.astype(np.int64),
        "category": category,
    }
    columns = {}
    for key in rulebook.order.keys:
        head, _, rest = key.by.partition(".")
        if key.by in known:
            columns[key.by] = ordering.signed(known[key.by], key)
        elif head == "claim":
            columns[key.by] = ordering.signed(candidates.claim(rest).astype(np.int64), key)
        elif head == "attribute":
            columns[key.by] = ordering.attribute_column(_attribute(candidates, rest), rest, key)
        elif head == "component":
            columns[key.by] = ordering.signed(composed.values[rest].numerators, key)
        elif head == "section":
            if rest not in candidates.marks:
                raise InputError("candidates", "the rulebook breaks ties by it.", column=rest)
            columns[key.by] = ordering.signed(candidates.marks[rest].numerators, key)
    return columns


def _attribute(candidates: Candidates, name: str) -> Any:
    if name not in candidates.attributes:
        raise InputError("candidates", "the rulebook breaks ties by it.", column=name)
    return candidates.attributes[name]
