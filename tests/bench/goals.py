"""What was aimed at: our time as a part of somebody else's, at a size and above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench import psychometrics
from tests.bench.measuring import US, Measure
from tests.bench.merit import normalising, ranking, scoring
from tests.bench.whole import run as whole

MILLION, TEN = 1_000_000, 10_000_000


@dataclass(frozen=True)
class Goal:
    """Our time is to be at most `limit` times that of `who`."""

    subject: str
    size: int
    who: str
    limit: float

    def ratio(self, measures: Sequence[Measure]) -> float | None:
        """Give our time as a part of theirs, None where it was not measured."""
        found = {
            one.who: one.seconds for one in measures if (one.subject, one.size) == (self.subject, self.size)
        }
        return found[US] / found[self.who] if self.who in found and US in found else None


GOALS = (
    *(Goal(scoring.SCORING, size, scoring.COPY, 3) for size in (MILLION, TEN)),
    *(Goal(scoring.KEY, size, scoring.FULL, 0.2) for size in (MILLION, TEN)),
    *(
        Goal(subject, MILLION, who, limit)
        for subject in (ranking.SPREAD, ranking.TIES)
        for who, limit in (("Polars", 0.6), ("pandas", 0.25))
    ),
    Goal(ranking.TIES, TEN, "DuckDB", 1),
    *(Goal(subject, MILLION, normalising.SORTING, 0.2) for subject in normalising.METHODS.values()),
    Goal(whole.WHOLE, MILLION, "plain Python", 0.06),
    Goal(whole.WHOLE, MILLION, "pandas", 0.3),
    Goal(whole.WHOLE, MILLION, "DuckDB SQL", 0.35),
    Goal(psychometrics.ITEMS, MILLION, psychometrics.LOOP, 0.05),
)
