"""From sealed sheets and a key to the figures of an analysis, as plain data that can be stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from app.exams import merit
from app.exams.merit.psychometrics import flags, items, reliability, sheets, tally
from app.exams.merit.psychometrics.items import ItemStatistics
from app.exams.merit.psychometrics.tally import Tally

FIFTHS = 5
MOST_CLASSES = 24
# A session of fewer people is shown in the whole only: a single score tells of a person.
LEAST_PEOPLE = 10
# Statistics are read by people; marks that decide are never rounded.
PLACES = 6
SHORT = {
    "not-scored": "Gives nobody a mark",
    "no-difference": "The same for everybody",
    "negative-discrimination": "Better people do worse",
    "distractor-better-than-key": "A wrong answer draws better people than the key",
    "too-easy": "Very easy",
    "too-hard": "Very hard",
    "weak-discrimination": "Hardly tells people apart",
    "rare-distractor": "An answer that few choose",
}
EXPLAINED = {
    "not-scored": "The key gives nobody a mark for this item, so the figures say nothing of it.",
    "no-difference": "Everybody got the same mark, so the item tells nobody apart.",
    "negative-discrimination": "People who did well elsewhere did worse here. A wrong key looks like this.",
    "distractor-better-than-key": "A wrong answer draws better people than the right one. Look at the key.",
    "too-easy": "Nearly everybody has it right. Such an item adds little to the order.",
    "too-hard": "Few have it right; guessing may have more part in it than knowing.",
    "weak-discrimination": "Strong and weak people have it right nearly as often.",
    "rare-distractor": "An answer that hardly anybody chooses does nothing.",
}


def figures(
    key: merit.Key,
    responses: merit.Responses,
    sessions: Mapping[str, str],
    after: Mapping[str, float] | None,
    multiple: str,
) -> dict[str, Any]:
    """Compute everything that the pages show.

    `sessions` names the session of each candidate number, `after` the score after normalisation, None where
    the rulebook does not normalise.
    """
    counted = sheets.of_key(key, responses, multiple=(multiple,))
    counts = tally.count(counted)
    analysis = items.analyse(counts)
    whole = _reliability(counts)
    without = whole.pop("alpha_without", {})
    numbers = responses.candidate_ids.tolist()
    totals = {number: float(total) for number, total in zip(numbers, counted.totals.tolist(), strict=True)}
    return {
        "people": analysis.people,
        "mean": _plain(analysis.mean_total),
        **whole,
        "items": [
            _item(one, counts, place, without.get(one.code)) for place, one in enumerate(analysis.items)
        ],
        "before": _histogram(totals, sessions, float(len(counts.item_codes)), whole_steps=True),
        "after": _histogram(after, sessions, max(after.values(), default=1.0)) if after else None,
    }


def _reliability(counts: Tally) -> dict[str, Any]:
    """Give alpha and its kin; all None where there is nothing to compute them from."""
    try:
        found = reliability.reliability(counts)
    except merit.MeritError as error:
        return {"alpha": None, "kr20": None, "error": None, "deviation": None, "why": str(error)}
    return {
        "alpha": _plain(found.alpha),
        "kr20": _plain(found.kr20),
        "error": _plain(found.error),
        "deviation": _plain(found.deviation),
        "why": "",
        "alpha_without": {code: _plain(value) for code, value in found.alpha_without.items()},
    }


def _item(one: ItemStatistics, counts: Tally, place: int, without: float | None) -> dict[str, Any]:
    curves = _curves(counts, place)
    options = list(counts.options)
    return {
        "code": one.code,
        "difficulty": _plain(one.difficulty),
        "discrimination": _plain(one.discrimination),
        "point_biserial": _plain(one.point_biserial),
        "corrected": _plain(one.corrected_point_biserial),
        "blank": one.blank,
        "multiple": one.multiple,
        "alpha_without": without,
        "flags": [[flag.code, flag.sentence] for flag in flags.look(one)],
        "options": [
            {
                "option": row.option,
                "kind": row.kind,
                "people": row.people,
                "share": _plain(row.share),
                "mean": _plain(row.mean_total),
                "corrected": _plain(row.corrected_point_biserial),
                "curve": curves[options.index(row.option)],
            }
            for row in one.options
        ],
    }


def _curves(counts: Tally, place: int) -> list[list[float | None]]:
    """Give for each option the share that chose it in each fifth of the people by total, lowest first.

    People of one total stay together, in the fifth in which the middle of them falls.
    """
    people = np.array(counts.at_level, dtype=np.float64)
    middle = (np.cumsum(people) - people / 2) / people.sum()
    fifth = np.minimum((middle * FIFTHS).astype(np.int64), FIFTHS - 1)
    found: list[list[float | None]] = []
    for row in counts.counts[place]:
        chose = [row[fifth == number].sum() for number in range(FIFTHS)]
        of = [people[fifth == number].sum() for number in range(FIFTHS)]
        found.append([_plain(a / b) if b else None for a, b in zip(chose, of, strict=True)])
    return found


def _histogram(
    scores: Mapping[str, float], sessions: Mapping[str, str], most: float, *, whole_steps: bool = False
) -> dict[str, Any]:
    """Count scores in equal classes from 0 to the most there is, for everybody and for each session."""
    step = max(most / MOST_CLASSES, 1.0) if whole_steps else most / MOST_CLASSES or 1.0
    step = float(np.ceil(step)) if whole_steps else step
    classes = int(most // step) + 1
    values = np.array(list(scores.values()))
    place = np.minimum((values // step).astype(np.int64), classes - 1)
    names = np.array([sessions.get(number, "") for number in scores])
    by_session = {
        name: {
            "counts": np.bincount(place[names == name], minlength=classes).tolist(),
            "people": int((names == name).sum()),
            "mean": _plain(values[names == name].mean()),
            "deviation": _plain(values[names == name].std(ddof=1)),
        }
        for name in sorted(set(names.tolist()) - {""})
        if int((names == name).sum()) >= LEAST_PEOPLE
    }
    starts = [f"{number * step:g}" if whole_steps else f"{number * step:.1f}" for number in range(classes)]
    counts = np.bincount(place, minlength=classes).tolist()
    return {"classes": starts, "counts": counts, "sessions": by_session}


def _plain(value: Fraction | float | None) -> float | None:
    return None if value is None else round(float(value), PLACES)


def write_rows(found: Mapping[str, Any]) -> tuple[Sequence[str], list[list[object]]]:
    """Give the items as rows below headings, one for each option of each item."""
    headings = (
        "item", "difficulty", "discrimination", "point_biserial", "corrected_point_biserial",
        "alpha_without", "option", "kind", "people", "share", "mean_total", "option_corrected",
        *(f"fifth_{number}" for number in range(1, FIFTHS + 1)), "flags",
    )  # fmt: skip
    rows: list[list[object]] = []
    for item in found["items"]:
        own = [item[name] for name in (
            "code", "difficulty", "discrimination", "point_biserial", "corrected", "alpha_without",
        )]  # fmt: skip
        told = " ".join(sentence for _, sentence in item["flags"])
        rows += [
            [
                *own,
                option["option"] or "(blank)",
                option["kind"],
                option["people"],
                option["share"],
                option["mean"],
                option["corrected"],
                *option["curve"],
                told,
            ]
            for option in item["options"]
        ]
    return headings, rows
