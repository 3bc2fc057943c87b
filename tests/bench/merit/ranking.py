"""Ordering people by six keys, on spread marks and on mass ties, against NumPy, pandas, Polars and DuckDB."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from app.exams.merit import packing
from tests.bench.merit.timing import best, report

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


def run(people: int, *, ties: bool, peers: tuple[str, ...]) -> list[str]:
    """Order and compare; then time."""
    keys = columns(people, ties=ties)
    places, _ = packing.order(keys, people)
    frame = pl.DataFrame(dict(zip(KEYS, keys, strict=True)) | {"row": np.arange(people)})
    base = duckdb.connect()
    base.register("people", frame)
    by = ", ".join(KEYS)
    calls = {
        "Polars": lambda: frame.sort(KEYS)["row"].to_numpy(),
        "pandas": lambda: pd.DataFrame(dict(zip(KEYS, keys, strict=True))).sort_values(KEYS).index.to_numpy(),
        "np.lexsort": lambda: np.lexsort(keys[::-1]),
        "DuckDB": lambda: np.asarray(
            base.sql(f"SELECT row FROM people ORDER BY {by}").fetchnumpy()["row"]  # noqa: S608
        ),
    }
    for name in peers:
        assert (calls[name]() == places).all(), name
    title = f"order {people:,} by six keys, {'mass ties' if ties else 'spread marks'}"
    ours = best(lambda: packing.order(keys, people))
    return report(title, ours, {name: best(calls[name], 2) for name in peers})
