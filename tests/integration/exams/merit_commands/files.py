"""A small examination as files: four people, four items, one of them cancelled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from click.testing import CliRunner, Result

from app.exams.merit_commands import merit_group

KEY = "item,key,treatment\n1,A,\n2,B/C,\n3,D,\n4,,cancelled\n"
ANSWERS = """candidate,1,2,3,4,claims,applied_on
a1,A,B,D,A,,2026-01-03
a2,A,C,D,,veteran,2026-01-02
a3,A,C,D,B,,2026-01-01
a4,A,,A,B,disabled_veteran,2026-01-01
"""
CITY = ("--rulebook", "city-civil-service", "--seed", "drawn in public")


def run(*words: object) -> Result:
    """Run `meritum merit` with these words."""
    return CliRunner().invoke(merit_group, [str(word) for word in words])


def ok(*words: object) -> str:
    """Run, demand success, and give what was printed."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def answered(*words: object) -> Any:
    """Run with --json and read the answer."""
    return json.loads(ok(*words, "--json"))


def refused(*words: object) -> str:
    """Run, demand status 2 and nothing on the standard output, and give the sentence."""
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    return result.stderr.strip()


def write(folder: Path, name: str, text: str) -> Path:
    """Write a table given as CSV to a file of the kind that its name says."""
    path = folder / name
    rows = [line.split(",") for line in text.splitlines()]
    if path.suffix == ".csv":
        path.write_text(text)
    elif path.suffix == ".parquet":
        columns = zip(*rows[1:], strict=True)
        pl.DataFrame(dict(zip(rows[0], map(list, columns), strict=True))).write_parquet(path)
    else:
        _write_xlsx(path, rows)
    return path


def _write_xlsx(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell.isdecimal():
                    sheet.write_number(row, column, int(cell))
                elif cell:
                    sheet.write_string(row, column, cell)


def examination(folder: Path, kind: str = "csv") -> tuple[object, ...]:
    """Write the examination, and give the words that stand for it."""
    answers = write(folder, f"answers.{kind}", ANSWERS)
    return (answers, "--key", write(folder, f"key.{kind}", KEY))
