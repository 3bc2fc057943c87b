"""Opening a file of answers, whatever wrote it: rows of texts in parts that fit into memory.

A file is known by its first bytes, never by its name. Nothing is read as a number, a date or a formula.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import polars as pl
from python_calamine import CalamineError, CalamineWorkbook, ZipError, load_workbook

from app.exams.responses.cells import Cells, Columns, divide

DELIMITERS = (",", ";", "\t")
# A part of a file that is read at a time: it stays far below what a machine has, and above what a call costs.
CHUNK_BYTES = 16 << 20
CHUNK_ROWS = 50_000
# A workbook is packed: one that unpacks to more than this is none of ours.
MOST_UNPACKED = 2 << 30
WORKBOOK, PARQUET = b"PK\x03\x04", b"PAR1"
Lines = npt.NDArray[np.int64]
Fault = tuple[int, str, str]


class Unreadable(Exception):
    """The file, or a line of it, cannot be read at all; line, column and reason."""

    def __init__(self, row: int, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.fault: Fault = (row, column, reason)


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows: the line of each, and the cells.

    `faults` are rows of the same stretch that could not be taken apart; `done` is how far the file is read.
    """

    lines: Lines
    cells: Cells
    faults: tuple[Fault, ...]
    done: int


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was opened: its headings with their line, and the parts below them; `size` as in `done`."""

    line: int
    headings: tuple[str, ...]
    parts: Iterator[Part]
    size: int


def open_table(source: BinaryIO) -> Table:
    """Open a file of answers; Unreadable tells why it is none."""
    first = source.read(4)
    source.seek(0)
    if first == WORKBOOK:
        return _open_workbook(source)
    if first == PARQUET:
        return _open_parquet(source)
    return _open_text(source)


def _open_text(source: BinaryIO) -> Table:
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    head = source.read(3)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(1, "The file is written in UTF-16. Save it as CSV in UTF-8.")
    source.seek(3 if head == b"\xef\xbb\xbf" else 0)
    line = 0
    while (raw := source.readline()) and not raw.strip(b" \t\r\n,;"):
        line += 1
    if not raw:
        raise Unreadable(1, "The file is empty.")
    text = decoded(raw, line)
    sign = max(DELIMITERS, key=lambda sign: (text.count(sign), -DELIMITERS.index(sign)))
    if '"' in text:  # a heading may hold a line break between quotation marks
        source.seek(-len(raw), io.SEEK_CUR)
        rows = _rows(_decoded_lines(source, line), sign, line)
        at, headings = next(rows)
        parts = _parts(rows, len(headings), lambda: source.tell())
        return Table(at, tuple(headings), parts, size)
    headings = next(csv.reader([text], delimiter=sign))
    return Table(line + 1, tuple(headings), _text_parts(source, sign, len(headings), line + 1), size)


def decoded(raw: bytes, before: int) -> str:
    """Give bytes as text; Unreadable names the line that is none, counted from those `before`."""
    if (place := raw.find(b"\0")) >= 0:
        line = before + raw.count(b"\n", 0, place) + 1
        raise Unreadable(line, "The line holds a NUL byte: the file is no text.")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = before + raw.count(b"\n", 0, error.start) + 1
        reason = "The line is not written in UTF-8. Save the file as CSV in UTF-8."
        raise Unreadable(line, reason) from error


def _text_parts(source: BinaryIO, sign: str, width: int, line: int) -> Iterator[Part]:
    """Read text stretch by stretch; one in which every line has as many values as the headings goes fast."""
    while raw := source.read(CHUNK_BYTES):
        raw += source.readline()
        text = decoded(raw, line)
        lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
        if '"' in text or ("\r" in text and text.count("\r") != text.count("\r\n")):
            source.seek(-len(raw), io.SEEK_CUR)
            rows = _rows(_decoded_lines(source, line), sign, line)
            yield from _parts(rows, width, lambda: source.tell())
            return
        if (cells := divide(raw, sign, width)) is not None:
            numbers = np.arange(line + 1, line + 1 + lines, dtype=np.int64)
            yield Part(numbers, cells, (), source.tell())
        else:
            rows = _rows(io.StringIO(text, newline=""), sign, line)
            yield from _parts(rows, width, lambda: source.tell())
        line += lines


def _decoded_lines(source: BinaryIO, before: int) -> Iterator[str]:
    for number, raw in enumerate(iter(source.readline, b""), start=before):
        yield decoded(raw, number)


def _rows(lines: Iterable[str], sign: str, before: int) -> Iterator[tuple[int, list[str]]]:
    """Take lines apart one by one, as the CSV module does; blank ones are left out."""
    reader = csv.reader(lines, delimiter=sign, strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise Unreadable(before + reader.line_num, f"The line cannot be read: {error}.") from error
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield before + reader.line_num, row


def _parts(rows: Iterator[tuple[int, list[str]]], width: int, done: Any) -> Iterator[Part]:
    """Gather rows into parts; a row with more or fewer values than there are headings is a fault."""
    while some := list(islice(rows, CHUNK_ROWS)):
        faults = tuple(
            (line, "", f"The row has {len(row)} values and the headings are {width}.")
            for line, row in some
            if len(row) != width
        )
        kept = [(line, row) for line, row in some if len(row) == width]
        columns = zip(*(row for _, row in kept), strict=True) if kept else ([] for _ in range(width))
        cells = {str(place): pl.Series(values, dtype=pl.String) for place, values in enumerate(columns)}
        lines = np.array([line for line, _ in kept], dtype=np.int64)
        yield Part(lines, Columns(pl.DataFrame(cells)), faults, done())


def _open_workbook(source: BinaryIO) -> Table:
    try:
        with zipfile.ZipFile(source) as packed:
            unpacked = sum(info.file_size for info in packed.infolist())
        source.seek(0)
        if unpacked > MOST_UNPACKED:
            raise Unreadable(1, "The workbook is too large. Save its sheet as CSV in UTF-8.")
        book = load_workbook(source)
        sheet = _only_sheet(book)
    except (zipfile.BadZipFile, ZipError, CalamineError) as error:
        raise Unreadable(1, "The workbook cannot be opened. Save its sheet as CSV in UTF-8.") from error
    height = book.get_sheet_by_name(sheet).total_height
    rows = _workbook_rows(book.get_sheet_by_name(sheet).iter_rows())
    at, headings = next(rows)
    done = [at]

    def counted() -> Iterator[tuple[int, list[str]]]:
        for line, row in rows:
            done[0] = line
            yield line, row

    return Table(at, tuple(headings), _parts(counted(), len(headings), lambda: done[0]), height)


def _only_sheet(book: CalamineWorkbook) -> str:
    """Name the one sheet that holds values, hidden ones counted: which of several counts is not guessed."""
    filled = [name for name in book.sheet_names if book.get_sheet_by_name(name).height]
    if not filled:
        raise Unreadable(1, "The file is empty.")
    if len(filled) > 1:
        named = ", ".join(f"“{name[:40]}”" for name in filled[:5])
        raise Unreadable(
            1,
            f"The workbook has {len(filled)} sheets with values ({named}). Keep the one with answers.",
        )
    return filled[0]


def _workbook_rows(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, list[str]]]:
    width = 0
    for line, cells in enumerate(rows, start=1):
        row = [_cell(value) for value in cells]
        if not width:
            while row and not row[-1].strip():
                row.pop()
            width = len(row)
        elif len(row) > width and not any(cell.strip() for cell in row[width:]):
            row = row[:width]
        if any(cell.strip() for cell in row):
            yield line, row


def _cell(value: Any) -> str:
    """Give a cell as it is meant: 3.0 is the answer 3, a date is nobody's answer."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | time | timedelta):
        return f"{value} (a date or time)"
    return str(value)


def _open_parquet(source: BinaryIO) -> Table:
    try:
        frame = pl.scan_parquet(source)
        schema = frame.collect_schema()
        size = int(frame.select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError) as error:
        raise Unreadable(1, "The Parquet file cannot be opened.") from error
    for name, kind in schema.items():
        if kind.is_nested() or kind.is_temporal() or kind == pl.Binary:
            raise Unreadable(1, "This column holds no texts or numbers.", name)
    texts = frame.select(
        _as_text(pl.col(name), kind).fill_null("").alias(str(place))
        for place, (name, kind) in enumerate(schema.items())
    )
    return Table(0, tuple(schema.names()), _parquet_parts(texts, size), size)


def _as_text(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if not kind.is_float():
        return column.cast(pl.String)
    whole = column.cast(pl.Int64, strict=False)
    return pl.when(whole.cast(kind) == column).then(whole.cast(pl.String)).otherwise(column.cast(pl.String))


def _parquet_parts(texts: pl.LazyFrame, size: int) -> Iterator[Part]:
    for start in range(0, size, CHUNK_ROWS):
        cells = texts.slice(start, CHUNK_ROWS).collect()
        lines = np.arange(start + 1, start + 1 + len(cells), dtype=np.int64)
        yield Part(lines, Columns(cells), (), start + len(cells))
