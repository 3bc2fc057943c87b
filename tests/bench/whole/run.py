"""Time whole processes, start of the interpreter and imports included, from the file to the finished list."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.measuring import US, Measure, measured
from tests.bench.whole import files

WHOLE = "From a CSV file of answer sheets to the list, whole process"
HERE = Path(__file__).parent
PEERS = {
    "DuckDB SQL": "by_duckdb.py",
    "Polars": "by_polars.py",
    "pandas": "by_pandas.py",
    "tuned Python": "by_tuned_python.py",
    "plain Python": "by_python.py",
}


def commands(folder: Path) -> dict[str, tuple[list[str], Path]]:
    """Give the command of each way, and the file that it writes."""
    inputs = [str(folder / "answers.csv"), "--key", str(folder / "key.csv")]
    rulebook = ["--rulebook", str(folder / "rulebook.toml"), "--out", str(folder / "ours.csv")]
    meritum = [str(Path(sys.executable).parent / "meritum"), "merit", "rank", *inputs, *rulebook]
    found = {US: (meritum, folder / "ours.csv")}
    for who, name in PEERS.items():
        out = folder / f"{name}.csv"
        found[who] = ([sys.executable, str(HERE / name), str(folder), str(out)], out)
    return found


def run(people: int) -> list[Measure]:
    """Make every list once and compare them; then time."""
    with tempfile.TemporaryDirectory(prefix="meritum-bench-") as name:
        folder = Path(name)
        files.write(folder, people)
        # Installed programs have their modules compiled; so have all of these after their first run.
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")

        def caller(command: list[str]) -> Callable[[], object]:
            return lambda: subprocess.run(
                command, check=True, env=environment, capture_output=True, cwd=folder
            )

        calls = {who: (caller(command), out) for who, (command, out) in commands(folder).items()}
        lists = {}
        for who, (call, out) in calls.items():
            call()
            lists[who] = _digest(out)
        assert set(lists.values()) == {lists[US]}, lists
        return measured(WHOLE, people, {who: call for who, (call, _out) in calls.items()}, least=5)


def _digest(path: Path) -> str:
    """Give the SHA-256 of the columns that all lists have: position, rank, candidate, score."""
    summer = hashlib.sha256()
    with path.open() as file:
        for line in file:
            summer.update(",".join(line.rstrip("\n").split(",")[:4]).encode() + b"\n")
    return summer.hexdigest()
