"""Gaps drawn: what is asked beside what was found."""

from __future__ import annotations

from collections.abc import Sequence

from app.personnel.competencies.rules import Gap, Tally
from app.web import plots


def draw_person(gaps: Sequence[Gap]) -> plots.Plot:
    """Draw a person's competencies: the level asked by the position, and the level found."""
    return plots.grouped_bars(
        "What the position asks, and what was found",
        [gap.name for gap in gaps],
        [
            plots.Series("Asked", [gap.asked for gap in gaps]),
            plots.Series("Found", [gap.found for gap in gaps]),
        ],
        label_heading="Competency",
    )


def draw_people(tallies: Sequence[Tally]) -> plots.Plot:
    """Draw how many people meet what their positions ask, by competency."""
    return plots.stacked_shares(
        "How far people meet what their positions ask",
        [one.name for one in tallies],
        [
            plots.Series("Met", [one.met for one in tallies]),
            plots.Series("Below", [one.below for one in tallies]),
            plots.Series("Not assessed", [one.unassessed for one in tallies]),
        ],
        label_heading="Competency",
    )
