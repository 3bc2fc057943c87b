"""Reading a table of rows from a CSV or XLSX file: headings first, texts as they stand."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import python_calamine

from app.platform.errors import Invalid

MOST_ROWS = 5000
LONGEST_CELL = 4000
ZIPPED = b"PK\x03\x04"


def read(content: bytes, columns: Sequence[str], needed: Sequence[str]) -> list[dict[str, str]]:
    """Read the rows below the headings; a column that is not in the file is empty.

    Invalid on `file` for what is no table, lacks a needed column, has one that is unknown, or is too long.
    """
    table = _sheet(content) if content.startswith(ZIPPED) else _text(content)
    rows = [[_cell(value) for value in row] for row in table]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise Invalid(file="The file is empty")
    headings = [heading.casefold().replace(" ", "_") for heading in rows[0]]
    missing = [name for name in needed if name not in headings]
    unknown = [name for name in headings if name not in columns]
    if missing:
        raise Invalid(file=f"The file lacks a column: {', '.join(missing)}")
    if unknown or len(set(headings)) < len(headings):
        raise Invalid(file=f"The columns must be these, each once: {', '.join(columns)}")
    if len(rows) - 1 > MOST_ROWS:
        raise Invalid(file=f"The file has more than {MOST_ROWS:,} rows. Divide it")
    if len(rows) == 1:
        raise Invalid(file="The file has headings and no rows")
    if any(len(cell) > LONGEST_CELL or "\0" in cell for row in rows for cell in row):
        raise Invalid(file="A cell of the file is too long or holds what cannot be stored")
    empty = dict.fromkeys(columns, "")
    return [empty | dict(zip(headings, row, strict=False)) for row in rows[1:]]


def _text(content: bytes) -> Iterable[Sequence[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(file="The file is no CSV in UTF-8 and no XLSX") from error
    if "\0" in text:
        raise Invalid(file="The file is no CSV in UTF-8 and no XLSX")
    try:
        return list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise Invalid(file="The file cannot be read as CSV") from error


def _sheet(content: bytes) -> Iterable[Sequence[Any]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return list(book.get_sheet_by_index(0).to_python())
    except (python_calamine.CalamineError, ValueError, IndexError) as error:
        raise Invalid(file="The file cannot be read as XLSX") from error


def _cell(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().removeprefix("'")
