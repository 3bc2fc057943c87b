"""Measure how many small wrong changes of the merit core its tests notice.

    python -m tests.mutation [module ...] [--into docs/mutation.md]

Modules are named as files, such as seats or fairness/impact; without a name all are tried.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import pytest

from tests.mutation import report
from tests.mutation.changes import changes
from tests.mutation.running import Trial

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "app" / "exams" / "merit"
TESTS = ("tests/unit/exams", "tests/property/merit", "tests/property/psychometrics", "tests/cases")
# These work with threads of DuckDB and Polars, which a copied process has lost: it would wait for ever.
THREADED = ("tests/unit/exams/proving", "tests/unit/exams/merit_commands")


def main() -> int:
    """Try the changes and write or print what survived."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", help="files of the package, without .py")
    parser.add_argument("--into", type=Path, help="write the report into this file")
    parser.add_argument("--raw", type=Path, help="keep the survivors in this file as they are found")
    chosen = parser.parse_args()
    paths = [PACKAGE / f"{name}.py" for name in chosen.modules] or sorted(PACKAGE.rglob("*.py"))
    tallies: list[report.Tally] = []

    def judge(trial: Trial) -> None:
        for path in paths:
            begun = time.perf_counter()
            tried = list(changes(path, str(path)))
            survivors = []
            for change in tried:
                if trial.survives(change):
                    survivors.append(change)
            name = str(path.relative_to(PACKAGE).with_suffix(""))
            tally = report.Tally(name, len(tried), [(one.line, one.name) for one in survivors])
            tallies.append(tally)
            seconds = round(time.perf_counter() - begun)
            sys.stdout.write(f"{name}: {tally.noticed} of {tally.tried} noticed, {seconds} s\n")
            sys.stdout.flush()
            if chosen.raw:
                chosen.raw.write_text(json.dumps([vars(one) for one in tallies], indent=1), "utf-8")

    arguments = ["-q", "-s", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"]
    status = pytest.main(
        [
            *arguments,
            *(f"--ignore={ROOT / tests}" for tests in THREADED),
            *(str(ROOT / tests) for tests in TESTS),
        ],
        plugins=[Trial(PACKAGE, judge)],
    )
    if status:
        return int(status)
    if chosen.into:
        report.write(chosen.into, tallies)
    else:
        sys.stdout.write(report.table(tallies))
    return 0


if __name__ == "__main__":
    sys.exit(main())
