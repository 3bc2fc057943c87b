"""Run with `python -m tests.bench.merit`; add `--large` for ten million people."""

import sys

from tests.bench.merit import normalising, ranking, scoring

ALL = ("Polars", "pandas", "np.lexsort", "DuckDB")


def main() -> None:
    """Print every measurement of one run."""
    lines = scoring.run(1_000_000)
    for ties in (False, True):
        lines += ranking.run(1_000_000, ties=ties, peers=ALL)
    lines += normalising.run(1_000_000)
    if "--large" in sys.argv:
        lines += scoring.run(10_000_000, peers=False)
        lines += ranking.run(10_000_000, ties=True, peers=("DuckDB",))
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
