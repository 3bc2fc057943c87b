"""The report of a checked file: a line for each row, and what was found in it."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import polars as pl

from app.exams.responses.marks import BLANK_CODE, SEVERAL_CODE
from app.exams.responses.rules import Reading

HEADINGS = ("line", "candidate", "series", "answered", "blank", "several", "doubtful", "outcome", "faults")
# A spreadsheet takes a text that begins so for a formula.
FORMULA = "=+-@\t\r"


def write_report(reading: Reading) -> bytes:
    """Write the report as CSV: each row with its outcome, in the order of the file.

    Beyond rules.MOST_REPORTED faults the outcome of a row still tells whether it is good, its faults are
    counted only.
    """
    faults = defaultdict[int, list[str]](list)
    for problem in reading.reported:
        place = f"{problem.column}: " if problem.column else ""
        faults[problem.row].append(f"{place}{problem.reason}")
    rows = _rows(reading, faults)
    told = set(reading.lines.tolist())
    others = [line for line in sorted(faults) if line not in told]
    if others:
        rows = pl.concat([rows, _others(others, faults)]).sort("line", maintain_order=True)
    return rows.with_columns(_safe("candidate"), _safe("series"), _safe("faults")).write_csv().encode()


def _rows(reading: Reading, faults: dict[int, list[str]]) -> pl.DataFrame:
    people = len(reading.numbers)
    matrix = reading.matrix if people else np.empty((0, len(reading.sheet.codes)), dtype=np.uint8)
    blank = (matrix == BLANK_CODE).sum(axis=1)
    several = (matrix == SEVERAL_CODE).sum(axis=1)
    doubtful = np.bincount(np.array([mark.row for mark in reading.doubts], dtype=np.int64), minlength=people)
    lines = reading.lines.tolist()
    whole = "would be stored" if not reading.problem_count else "good, but the file is refused"
    return pl.DataFrame(
        {
            "line": pl.Series(lines, dtype=pl.Int64),
            "candidate": pl.Series(reading.numbers, dtype=pl.String),
            "series": pl.Series(reading.series, dtype=pl.String),
            "answered": pl.Series(matrix.shape[1] - blank - several, dtype=pl.Int64),
            "blank": pl.Series(blank, dtype=pl.Int64),
            "several": pl.Series(several, dtype=pl.Int64),
            "doubtful": pl.Series(doubtful, dtype=pl.Int64),
            "outcome": pl.Series(["faulty" if line in faults else whole for line in lines], dtype=pl.String),
            "faults": pl.Series([" ".join(faults.get(line, ())) for line in lines], dtype=pl.String),
        }
    )


def _others(lines: list[int], faults: dict[int, list[str]]) -> pl.DataFrame:
    """Tell of lines that are no rows: headings, and those that could not be taken apart."""
    none = pl.Series([None] * len(lines), dtype=pl.Int64)
    empty = pl.Series([""] * len(lines), dtype=pl.String)
    counts = dict.fromkeys(("answered", "blank", "several", "doubtful"), none)
    return pl.DataFrame(
        {
            "line": pl.Series(lines, dtype=pl.Int64),
            "candidate": empty,
            "series": empty,
            **counts,
            "outcome": pl.Series(["faulty"] * len(lines), dtype=pl.String),
            "faults": pl.Series([" ".join(faults[line]) for line in lines], dtype=pl.String),
        }
    ).select(HEADINGS)


def _safe(name: str) -> pl.Expr:
    text = pl.col(name)
    return pl.when(text.str.slice(0, 1).is_in(list(FORMULA))).then("'" + text).otherwise(text).alias(name)
