"""Scoring answer sheets: a copy of the matrix is the measure; NumPy, pandas, Polars and DuckDB are peers."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from app.exams import merit
from tests.bench.measuring import US, Measure, measured
from tests.bench.merit import slow
from tests.unit.exams.merit.books import ITEMS, book

SCORING, KEY = "Scoring 100 items", "One item's key changed"
COPY, FULL = "a copy of the matrix", "a full scoring"
# The slow ones are asked no more people than this.
ROWS = {"plain Python": 100_000, "PostgreSQL": 100_000, "ORM row loop": 1_000}
MARKS = """
marks = { right = "1", wrong = "-1/3", blank = "0" }
[[component.section]]
name = "b"
marks = { right = "2", wrong = "-1/2", blank = "0" }
"""


def exam(people: int, items: int) -> tuple[merit.Rulebook, merit.Key, merit.Responses]:
    """Make sheets with blanks, two sections with fractions, a tenth of the items with two right options."""
    rng = np.random.default_rng(7)
    answers = rng.integers(0, 6, (items, people), dtype=np.uint8)
    codes = tuple(f"q{number:03}" for number in range(items))
    right = rng.integers(0, 5, items)
    options = "ABCDE"
    keys = []
    for place, code in enumerate(codes):
        section = "" if place % 2 else "b"
        first, second = options[right[place]], options[(right[place] + 1) % 5]
        several = place % 10 == 0
        accepted = (first, second) if several else (first,)
        keys.append(merit.Item(code, accepted, "several" if several else "normal", section))
    ids = np.char.add("c", np.char.zfill(np.arange(people).astype(np.str_), 8))
    responses = merit.Responses(ids, codes, ("", *options), answers)
    return merit.rulebook.load(book(ITEMS, MARKS)), merit.Key(1, tuple(keys)), responses


def points(key: merit.Key) -> list[tuple[list[int], int, int]]:
    """List for each item the right option codes and the marks for right and wrong, in sixths."""
    codes = {option: code for code, option in enumerate("ABCDE", start=1)}
    return [
        ([codes[option] for option in item.accepted], 12 if item.section else 6, -3 if item.section else -2)
        for item in key.items
    ]


def by_table(key: merit.Key, answers: np.ndarray) -> np.ndarray:
    """Score by a look-up table for each item."""
    total = np.zeros(answers.shape[1], dtype=np.int64)
    for row, (right, plus, minus) in enumerate(points(key)):
        table = np.array([0, *[plus if code in right else minus for code in range(1, 6)]], dtype=np.int64)
        total += table[answers[row]]
    return total


def by_pandas(key: merit.Key, frame: pd.DataFrame) -> np.ndarray:
    """Score column by column."""
    total = pd.Series(0, index=frame.index)
    for row, (right, plus, minus) in enumerate(points(key)):
        column = frame[row]
        total += column.isin(right) * plus + (~column.isin([0, *right])) * minus
    return total.to_numpy()


def by_polars(key: merit.Key, frame: pl.DataFrame) -> np.ndarray:
    """Score in one wide expression."""
    parts = []
    for row, (right, plus, minus) in enumerate(points(key)):
        column = pl.col(str(row))
        parts.append(pl.when(column == 0).then(0).when(column.is_in(right)).then(plus).otherwise(minus))
    return frame.select(pl.sum_horizontal(parts)).to_series().to_numpy()


def by_duckdb(key: merit.Key, frame: pl.DataFrame) -> np.ndarray:
    """Score in one SQL expression."""
    parts = []
    for row, (right, plus, minus) in enumerate(points(key)):
        named = ", ".join(map(str, right))
        parts.append(f'CASE WHEN "{row}" = 0 THEN 0 WHEN "{row}" IN ({named}) THEN {plus} ELSE {minus} END')
    found = duckdb.sql(f"SELECT {' + '.join(parts)} AS total FROM frame").fetchnumpy()  # noqa: S608
    return np.asarray(found["total"])


def peers(key: merit.Key, answers: np.ndarray) -> dict[str, Callable[[], np.ndarray]]:
    """List who scores the same answers; each has them in the form that it likes best."""
    people = answers.shape[1]
    wide = pl.DataFrame({str(row): column for row, column in enumerate(answers)})
    frame = pd.DataFrame(dict(enumerate(answers)))
    calls: dict[str, Callable[[], np.ndarray]] = {
        "NumPy look-up": lambda: by_table(key, answers),
        "Polars": lambda: by_polars(key, wide),
        "pandas": lambda: by_pandas(key, frame),
        "DuckDB": lambda: by_duckdb(key, wide),
    }
    if people <= ROWS["plain Python"]:
        lines = answers.T.tolist()
        calls["plain Python"] = lambda: slow.score_by_python(points(key), lines)
    if people <= ROWS["PostgreSQL"]:
        base = slow.postgres_sheets(answers)
        calls["PostgreSQL"] = lambda: slow.score_by_postgres(points(key), base)
    if people <= ROWS["ORM row loop"]:
        session = slow.orm_answers(answers)
        calls["ORM row loop"] = lambda: slow.score_by_orm(points(key), session, people)
    return calls


def run(people: int, items: int = 100, *, with_peers: bool = True) -> list[Measure]:
    """Score and compare; then time."""
    rulebook, key, responses = exam(people, items)
    scores = merit.score(rulebook, key, responses)
    assert scores.marks.denominator == 6
    changed = key.replacing(merit.Item(key.items[3].code, ("E",)))
    again = merit.score(rulebook, changed, responses)
    moved = merit.rescore(scores, changed)
    assert (moved.marks.numerators == again.marks.numerators).all()
    assert all(
        (moved.sections[name].numerators == part.numerators).all() for name, part in again.sections.items()
    )
    others = peers(key, responses.answers) if with_peers else {}
    for name, call in others.items():
        assert (call() == scores.marks.numerators).all(), name
    ours: dict[str, Callable[[], object]] = {
        US: lambda: merit.score(rulebook, key, responses),
        COPY: lambda: responses.answers.copy(),
    }
    found = measured(SCORING, people, {**ours, **others})
    full = found[0]
    rescored = measured(KEY, people, {US: lambda: merit.rescore(scores, changed)})
    return [*found, *rescored, Measure(KEY, people, FULL, full.seconds)]
