"""Pictures of how groups passed the stages of an examination."""

from __future__ import annotations

from fractions import Fraction

from app.exams.merit.fairness.impact import Impact
from app.exams.merit.fairness.stages import StageReport
from app.web import plots
from app.web.plots import Axis, Guide, Interval, Plot, Series


def rate_plot(found: StageReport) -> Plot:
    """Draw the share of each group that passed each stage, side by side."""
    groups = [row.group for row in found.overall.comparisons]
    series = [
        Series(name, [_percent(stage.of(group).rate) for group in groups]) for name, stage in found.stages
    ]
    return plots.grouped_bars(
        "Share of each group that passed each stage", groups, series, places=1, suffix=" %"
    )


def ratio_plot(name: str, impact: Impact) -> Plot:
    """Draw each group's rate as a ratio of the highest one, with four fifths marked."""
    points = [
        Interval(row.group, row.against.ratio if row.against else (1 if row.rate else None))
        for row in impact.comparisons
    ]
    return plots.intervals(
        f"{name}: rate of each group against the highest",
        points,
        Axis("Ratio to the highest rate", low=0, places=2),
        guides=[Guide(0.8, "Four fifths")],
    )


def _percent(rate: Fraction | None) -> Fraction | None:
    return None if rate is None else 100 * rate
