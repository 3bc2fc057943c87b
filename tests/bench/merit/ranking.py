"""Ordering people by six keys, on spread marks and on mass ties, against NumPy, pandas, Polars and DuckDB."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from app.exams.merit import packing
from tests.bench.measuring import US, Measure, measured
from tests.bench.merit import slow

SPREAD, TIES = "Ranking by six keys, spread marks", "Ranking by six keys, mass ties"
# The slow ones are asked no more people than this.
ROWS = {"plain Python": 1_000_000, "PostgreSQL": 1_000_000, "ORM row loop": 10_000}
KEYS = [f"k{place}" for place in range(6)]


def columns(people: int, *, ties: bool) -> list[np.ndarray]:
    """Make a total, three parts, a date of birth and an application number."""
    rng = np.random.default_rng(11)
    if ties:
        drawn = [
            rng.integers(0, 200, people),
            *(rng.integers(0, 20, people) for _ in range(2)),
            rng.integers(0, 3, people),
        ]
    else:
        drawn = [rng.integers(0, 10**6, people), *(rng.integers(0, 1000, people) for _ in range(3))]
    return [*drawn, rng.integers(7000, 14000, people), rng.permutation(people)]


def peers(keys: list[np.ndarray], people: int) -> dict[str, Callable[[], np.ndarray]]:
    """List who orders the same rows; each has them in the form that it likes best."""
    frame = pl.DataFrame(dict(zip(KEYS, keys, strict=True)) | {"row": np.arange(people)})
    table = pd.DataFrame(dict(zip(KEYS, keys, strict=True)))
    base = duckdb.connect()
    base.register("given", frame)
    base.execute("CREATE TABLE people AS SELECT * FROM given")
    sql = f"SELECT row FROM people ORDER BY {', '.join(KEYS)}"  # noqa: S608
    calls: dict[str, Callable[[], np.ndarray]] = {
        "Polars": lambda: frame.sort(KEYS)["row"].to_numpy(),
        "pandas": lambda: table.sort_values(KEYS).index.to_numpy(),
        "DuckDB": lambda: np.asarray(base.sql(sql).fetchnumpy()["row"]),
        "np.lexsort": lambda: np.lexsort(keys[::-1]),
    }
    if people <= ROWS["PostgreSQL"]:
        server = slow.postgres_rows(keys)
        calls["PostgreSQL"] = lambda: slow.order_by_postgres(server)
    if people <= ROWS["plain Python"]:
        lines = list(zip(*[key.tolist() for key in keys], strict=True))
        calls["plain Python"] = lambda: np.array(sorted(range(people), key=lines.__getitem__))
    if people <= ROWS["ORM row loop"]:
        session = slow.orm_people(keys)
        calls["ORM row loop"] = lambda: slow.order_by_orm(session)
    return calls


def run(people: int, *, ties: bool, only: tuple[str, ...] = ()) -> list[Measure]:
    """Order and compare; then time. `only` names the peers, all when it is empty."""
    keys = columns(people, ties=ties)
    places, _ = packing.order(keys, people)
    calls = {name: call for name, call in peers(keys, people).items() if not only or name in only}
    for name, call in calls.items():
        assert (call() == places).all(), name
    return measured(TIES if ties else SPREAD, people, {US: lambda: packing.order(keys, people), **calls})
