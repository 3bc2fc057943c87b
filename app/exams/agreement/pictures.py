"""The plots of agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.exams.agreement.rules import Severity
from app.web import plots

MOST_POINTS = 400


def leniency(severities: Sequence[Severity], names: Mapping[str, str]) -> plots.Plot:
    """Draw each rater's difference from the others; right of the line is more generous."""
    return plots.intervals(
        "Difference from other raters of the same scripts",
        [
            plots.Interval(names.get(one.rater, "Former member"), float(one.difference), None, None)
            for one in severities
        ],
        plots.Axis("Points more or less than the others", places=1),
        label_heading="Rater",
        guides=[plots.Guide(0, "As the others")],
    )


def two_ratings(by_script: Mapping[str, Mapping[str, int]], denominator: int) -> plots.Plot:
    """Draw the two first totals of each script against each other; on the diagonal they agree."""
    points: list[plots.Point] = []
    for place, own in enumerate(by_script.values(), start=1):
        marks = [units / denominator for _rater, units in sorted(own.items())]
        if len(marks) > 1 and len(points) < MOST_POINTS:
            points.append(plots.Point(f"Script {place}", marks[0], marks[1]))
    return plots.scatter(
        "First ratings of the same script",
        points,
        x=plots.Axis("One rater", places=1),
        y=plots.Axis("The other rater", places=1),
        label_heading="Script",
    )
