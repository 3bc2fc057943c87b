"""The pictures of an analysis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.web import plots

GRAVE = frozenset({"negative-discrimination", "distractor-better-than-key", "no-difference", "not-scored"})


def scatter(found: Mapping[str, Any], address: Callable[[str], str]) -> plots.Plot:
    """Draw each item by difficulty and discrimination, those with a grave flag marked."""
    points = [
        plots.Point(
            item["code"],
            item["difficulty"],
            item["discrimination"],
            is_marked=any(code in GRAVE for code, _ in item["flags"]),
            href=address(item["code"]),
        )
        for item in found["items"]
        if item["difficulty"] is not None and item["discrimination"] is not None
    ]
    return plots.scatter(
        "Difficulty against discrimination",
        points,
        x=plots.Axis("Share of its marks that was earned (hard to easy)", low=0, high=1, places=2),
        y=plots.Axis("Discrimination", places=2),
        label_heading="Item",
        x_guides=[plots.Guide(0.2, "Hard"), plots.Guide(0.95, "Easy")],
        y_guides=[plots.Guide(0.2, "Weak")],
    )


def histogram(found: Mapping[str, Any], chosen: str, title: str, heading: str) -> plots.Plot:
    """Draw the scores of everybody, or of one session with everybody as an outline."""
    own = found["sessions"].get(chosen)
    series = [plots.Series("Everybody", found["counts"])]
    if own is not None:
        series = [plots.Series(chosen, own["counts"]), *series]
    return plots.histogram(title, found["classes"], series, label_heading=heading)


def curves(item: Mapping[str, Any]) -> plots.Plot:
    """Draw for each answer how often each fifth of the people chose it; at most six lines fit."""
    rows = sorted(item["options"], key=lambda row: -row["people"])[:6]
    shown = sorted(rows, key=lambda row: str(row["option"]))
    return plots.lines(
        "Who chose which answer",
        [
            plots.Line(
                f"{row['option'] or 'Blank'}{' (key)' if row['kind'] == 'key' else ''}",
                [(number, share) for number, share in enumerate(row["curve"], start=1)],
            )
            for row in shown
        ],
        x=plots.Axis("Fifth of the people by total, lowest to highest", is_whole=True),
        y=plots.Axis("Share", low=0, high=1, places=2),
    )
