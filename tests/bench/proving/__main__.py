"""Prove one list on every engine: `python -m tests.bench.proving [people] [engine ...]`.

The digest of the merit core is asked of each; the exit status is 1 when one differs.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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
# Spark says only what went wrong.
QUIET = """
rootLogger.level = error
rootLogger.appenderRef.only.ref = only
appender.only.type = Console
appender.only.name = only
appender.only.target = SYSTEM_ERR
appender.only.layout.type = PatternLayout
appender.only.layout.pattern = %m%n
"""


@contextmanager
def engine(name: str) -> Iterator[Any]:
    """Open what the second computation runs on."""
    if name == "duckdb":
        yield ""
    elif name == "postgresql":
        yield databases._start_postgres()
    else:
        with tempfile.TemporaryDirectory(prefix="meritum-spark-") as folder:
            yield from _spark(folder)


def _spark(folder: str) -> Iterator[Any]:
    """Run Spark with everything that it leaves behind in a folder of its own."""
    (Path(folder) / "log4j2.properties").write_text(QUIET)
    os.environ |= {"SPARK_CONF_DIR": folder, "SPARK_LOCAL_DIRS": f"{folder}/local"}
    places = {
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={folder}",
    }
    # Otherwise Spark warns that the machine's own name leads nowhere else.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark warns of versions of pandas, which is not used here
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.appName("meritum")
        for option, value in (SPARK | places).items():
            builder = builder.config(option, value)
        session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


def main(people: int, names: list[str]) -> int:
    """Print a line for each engine; the status is 1 when one differs."""
    exam = city(people)
    start = time.perf_counter()
    merit_list = exam.ranked()
    digest = merit_list.digest
    core = time.perf_counter() - start
    say(f"{people:,} people, {merit_list.passed_count:,} passed.\n")
    say(f"{'computed by':14} {'seconds':>8}  {'times the core':>14}  {'digest of the list':64}  verdict")
    say(f"{'merit core':14} {core:8.1f}  {1:14.1f}  {digest}  ")
    different = 0
    for name in names:
        start = time.perf_counter()
        with engine(name) as where:
            ready = time.perf_counter()
            proof = prove(**exam.arguments(), engine=where)
            spent = time.perf_counter() - ready
        is_equal = proof.digest == digest
        different += not is_equal
        verdict = "equal" if is_equal else f"DIFFERENT. {proof.first_difference(merit_list)}"
        started = f", after {ready - start:.1f} s of start" if ready - start > 1 else ""
        say(f"{name:14} {spent:8.1f}  {spent / core:14.1f}  {proof.digest}  {verdict}{started}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    say(f"\nMost memory of this process, the servers' own not counted: {memory:.1f} GiB")
    return int(different > 0)


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asked = sys.argv[1:]
    size = int(asked[0]) if asked else 1_000_000
    sys.exit(main(size, asked[1:] or ["duckdb", "postgresql", "spark"]))
