"""Measure how many small wrong changes of the merit core its tests notice.

    python -m tests.mutation [module ...] [--kept docs/mutation.json] [--into docs/mutation.md]

Modules are named as files, such as seats or fairness/impact; without a name all are tried. With --kept, what
earlier runs found is read and carried on: only what survived before, and functions whose text has changed
since, are tried again.
"""

import argparse
import sys
import time
from pathlib import Path

import pytest

from tests.mutation import report
from tests.mutation.changes import changes
from tests.mutation.keeping import Kept
from tests.mutation.running import Trial

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "app" / "exams" / "merit"
# The tests of the core alone, as `make coverage` runs them: tests of what is built on it may fail for other
# reasons, and a copied process has lost the threads that some of them work with.
TESTS = (
    "tests/unit/exams/merit",
    "tests/unit/exams/psychometrics",
    "tests/unit/exams/fairness",
    "tests/property/merit",
    "tests/property/psychometrics",
    "tests/cases",
)


def main() -> int:
    """Try the changes and write or print what survived."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", help="files of the package, without .py")
    parser.add_argument("--into", type=Path, help="write the report into this file")
    parser.add_argument("--kept", type=Path, help="carry on what this file holds, and keep it up to date")
    parser.add_argument("--all", action="store_true", help="try everything, whatever is kept")
    chosen = parser.parse_args()
    paths = [PACKAGE / f"{name}.py" for name in chosen.modules] or sorted(PACKAGE.rglob("*.py"))
    kept = Kept(chosen.kept, chosen.all)

    def judge(trial: Trial) -> None:
        for path in paths:
            begun, name = time.perf_counter(), str(path.relative_to(PACKAGE).with_suffix(""))
            every = list(changes(path, str(path)))
            left = kept.open(name, path, every)
            survivors = [(one.line, one.name) for one in left if trial.survives(one)]
            kept.put(name, path, len(every), survivors)
            seconds = round(time.perf_counter() - begun)
            noticed = f"{len(every) - len(survivors)} of {len(every)} noticed"
            sys.stdout.write(f"{name}: {noticed}, {len(left)} tried, {seconds} s\n")
            sys.stdout.flush()

    arguments = ["-q", "-s", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"]
    status = pytest.main(
        [*arguments, *(str(ROOT / tests) for tests in TESTS)], plugins=[Trial(PACKAGE, judge)]
    )
    if status:
        return int(status)
    tallies = [
        report.Tally(name, found.tried, found.survivors)
        for name, found in sorted(kept.modules.items())
        if (PACKAGE / f"{name}.py").exists()
    ]
    if chosen.into:
        report.write(chosen.into, tallies)
    else:
        sys.stdout.write(report.table(tallies))
    return 0


if __name__ == "__main__":
    sys.exit(main())
