"""Run every benchmark and write docs/performance.md: `python -m tests.bench [--large]`.

Results are compared before anything is timed. The exit status is 1 when a goal is missed.
"""

from __future__ import annotations

import subprocess
import sys

from tests.bench import page, psychometrics, record
from tests.bench.goals import GOALS
from tests.bench.measuring import Measure, say
from tests.bench.merit import normalising, ranking, scoring
from tests.bench.whole import run as whole

SIZES = (1_000, 10_000, 100_000, 1_000_000)
LARGE = 10_000_000
# Why a goal may be missed, by subject; shown where it was.
REASONS = {
    whole.WHOLE: "What is left are the start of the interpreter and its imports (a quarter of a second),"
    " reading, and the digests of inputs and list, which the others do not compute. DuckDB uses all cores at"
    " once, so the ratio is worse where other work takes one of them."
}


def default() -> list[Measure]:
    """Measure up to a million people."""
    found = []
    for size in SIZES:
        found += scoring.run(size)
        found += ranking.run(size, ties=False)
        found += ranking.run(size, ties=True)
        # Fewer people would leave shifts of a handful, of which some have no deviation.
        if size >= 10_000:
            found += normalising.run(size)
            found += psychometrics.run(size)
            found += whole.run(size)
    return found + psychometrics.more()


def large() -> list[Measure]:
    """Measure ten million people, against those that take no more than seconds."""
    found = ranking.run(LARGE, ties=True, only=("DuckDB", "Polars"))
    return found + scoring.run(LARGE, with_peers=False)


def main(arguments: list[str]) -> int:
    """Measure, keep, write, and say what was missed."""
    if "--page" not in arguments:
        is_large = "--large" in arguments
        facts = {"memory": _memory()} if is_large else {}
        measures = large() if is_large else default()
        record.keep("large" if is_large else "default", record.Record.now(measures, facts))
    records = record.read()
    page.write(records, REASONS)
    measures = [one for kept in records.values() for one in kept.measures]
    ratios = [(goal, goal.ratio(measures)) for goal in GOALS]
    missed = [(goal, ratio) for goal, ratio in ratios if ratio is not None and ratio > goal.limit]
    for goal, ratio in ratios:
        if ratio is not None:
            say(f"{ratio:7.3f} of {goal.limit:g}: {goal.subject}, {goal.size:,}, against {goal.who}")
    return int(bool(missed))


def _memory() -> str:
    command = [sys.executable, "-m", "tests.bench.merit.memory", str(LARGE)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
