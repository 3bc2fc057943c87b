"""Prove one list on every engine: `python -m tests.bench.proving [people] [engine ...]`.

The digest of the merit core is asked of each; the exit status is 1 when one differs.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.exams.proving import prove
from tests import databases
from tests.bench.proving.exams import city

# Local mode, so that the whole of Spark runs on this machine; nothing listens beyond it.
SPARK = {
    "spark.master": "local[*]",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "4g",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def engine(name: str) -> Iterator[Any]:
    """Open what the second computation runs on."""
    if name == "duckdb":
        yield ""
    elif name == "postgresql":
        yield databases._start_postgres()
    else:
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.appName("meritum")
        for option, value in SPARK.items():
            builder = builder.config(option, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        try:
            yield session
        finally:
            session.stop()


def main(people: int, names: list[str]) -> int:
    """Print a line for each engine; count those that differ."""
    exam = city(people)
    start = time.perf_counter()
    merit_list = exam.ranked()
    digest = merit_list.digest
    core = time.perf_counter() - start
    say(f"{people:,} people, {merit_list.passed_count:,} passed, list {digest}")
    say(f"{'merit core':12} {core:8.1f} s")
    different = 0
    for name in names:
        with engine(name) as where:
            start = time.perf_counter()
            proof = prove(**exam.arguments(), engine=where)
            spent = time.perf_counter() - start
        is_equal = proof.digest == digest
        different += not is_equal
        verdict = "equal" if is_equal else f"DIFFERENT. {proof.first_difference(merit_list)}"
        say(f"{name:12} {spent:8.1f} s {spent / core:8.1f} times the core   {verdict}")
    say(f"Most memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")
    return int(different > 0)


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asked = sys.argv[1:]
    size = int(asked[0]) if asked else 1_000_000
    sys.exit(main(size, asked[1:] or ["duckdb", "postgresql", "spark"]))
