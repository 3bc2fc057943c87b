"""What of a rulebook this computation knows; a word that it does not know is refused, never passed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.exams import merit
from app.exams.proving.inputs import NotProvable

# Tables that say nothing about scores and ranks.
BESIDE = {"rulebook", "certification", "selection", "decline", "seats", "table", "period"}
SCHEME = {"right": None, "wrong": None, "blank": None}
MINIMUM = {"minimum": None, "lower": {"claim": None, "minimum": None, "citation": None}}
STEP = {"from": None, "value": None}
ROUNDING = {"places": None, "mode": None}

BEST: dict[str, Any] = dict.fromkeys(
    ("per_vacancy", "plus", "percent", "rounding", "fact", "citation"),
)

# A table of known words: None for a plain value, a table for a table or a list of tables. A word whose values
# stand in a set is known with these values only. What only raters or readers need is a plain value here.
WORDS: dict[str, Any] = {
    "component": {
        **dict.fromkeys(("name", "title", "of", "maximum", "out_of", "weight", "factor", "places", "best")),
        **dict.fromkeys(("panel", "level", "marks_of", "qualifying", "citation")),
        **MINIMUM,
        "kind": {"items", "mark", "panel", "copy", "composite"},
        "method": {"weighted", "sum", "mean", "best", "lowest", "highest"},
        "absent": {"fails", "zero"},
        "redistribute": {"component", "section"},
        "marks": SCHEME,
        "section": {"name": None, "marks": SCHEME, **MINIMUM},
        "keep": {**BEST, "group": {**BEST, "claim": None}},
        "normalise": {
            **dict.fromkeys(
                ("by", "base", "mean", "deviation", "top", "top_count", "least", "most", "citation")
            ),
            "method": {"mean", "mean-sd", "two-point", "percentile", "equipercentile"},
            "deviation_of": {"population", "sample"},
            "anchor": {"all", "best-session-mean"},
            "rounding": ROUNDING,
        },
        "table": STEP,
        "rounding": ROUNDING,
    },
    "total": {
        **dict.fromkeys(("best", "scale", "citation")),
        **MINIMUM,
        "method": {"weighted", "sum", "mean", "best", "lowest", "highest"},
        "decision": ROUNDING,
        "display": ROUNDING,
        "gate": {"before", "after"},
    },
    "preference": {
        **dict.fromkeys(("claim", "title", "group", "by", "points", "most", "whole", "tier", "eligible")),
        **dict.fromkeys(("only_after_passing", "unless_claim", "citation")),
        "kind": {
            *("points", "percent-of-maximum", "percent-of-mark", "steps", "rate"),
            *("tier", "float", "standing"),
        },
        "step": STEP,
        "unless": dict.fromkeys(("fact", "equals", "at_least", "below")),
    },
    "preferences": {
        **dict.fromkeys(("most_points", "highest_total")),
        "combine": {"highest", "sum"},
        "cap": dict.fromkeys(("percent", "rounding", "citation")),
    },
    "order": {
        "numbering": {"dense", "competition", "unique"},
        "key": dict.fromkeys(("by", "first", "splits", "title", "citation")),
    },
    "bands": {
        **dict.fromkeys(("by", "confidence", "deviation", "reliability", "places", "citation")),
        "category": dict.fromkeys(("name", "title", "least", "most")),
    },
}


def check(rulebook: merit.Rulebook) -> None:
    """Raise NotProvable at the first word of the rulebook that is not known here."""
    for name, value in rulebook.data.items():
        if name not in BESIDE:
            _check(name, value, WORDS)


def _check(word: str, value: Any, known: Mapping[str, Any], inside: str = "the rulebook") -> None:
    if word not in known:
        raise NotProvable(f"The second computation does not know {word!r} in {inside}.")
    meaning = known[word]
    if isinstance(meaning, set):
        if value not in meaning:
            raise NotProvable(f"The second computation does not know {word} = {value!r} in {inside}.")
    elif meaning is not None:
        for table in value if isinstance(value, list) else [value]:
            for inner, content in table.items():
                _check(inner, content, meaning, f"[{word}]")
