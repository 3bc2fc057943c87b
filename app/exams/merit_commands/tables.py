"""Tables in CSV, Parquet and XLSX; every cell comes in as text, with its place in the file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.exams.merit.columns import Coded, keep, texts_of
from app.exams.merit.packing import coded_rows
from app.exams.merit_commands.faults import BadInput
from app.exams.merit_commands.plain_csv import Plain, read_plain

if TYPE_CHECKING:
    import polars as pl

KINDS = (".csv", ".parquet", ".xlsx")
DELIMITERS = (",", ";", "\t")
# The headings are row 1, so that the first person is in row 2.
FIRST_ROW = 2
LONGEST_SHOWN = 40
# A file of so many bytes is read faster line by line than Polars is loaded.
SMALL = 1_000_000
BYTE_ORDER = b"\xef\xbb\xbf"
NOTHING = "There is nothing below the headings."
MANY_TEXTS = "The columns of answers hold more than 65,000 different answers."


class Table(ABC):
    """One file: `columns` are its headings in order, `rows` the places of its rows in the file."""

    path: Path
    columns: list[str]
    rows: np.ndarray

    @abstractmethod
    def texts(self, column: str) -> list[str | None]:
        """Give the cells of a column without spaces around them, None where nothing is left."""

    def names(self, column: str) -> np.ndarray:
        """Give the cells of a column as texts that nobody can write to, "" where nothing is left."""
        array = np.array([text or "" for text in self.texts(column)], dtype=np.str_)
        array.flags.writeable = False
        return array

    def distinct(self, column: str) -> tuple[Coded[str | None], list[int]]:
        """Give a column by its distinct texts, and where each comes first."""
        known: dict[str | None, int] = {}
        firsts: list[int] = []
        places = np.empty(len(self.rows), dtype=np.int64)
        for row, text in enumerate(self.texts(column)):
            if text not in known:
                known[text] = len(known)
                firsts.append(row)
            places[row] = known[text]
        return Coded(tuple(known), places), firsts

    @abstractmethod
    def codes(self, columns: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
        """Give the distinct texts of some columns, the empty one first, and the cells as places in them.

        The cells have the shape (columns, rows).
        """

    def fault(self, sentence: str, place: int | None = None, column: str | None = None) -> BadInput:
        """Make the fault of a cell by its place in the column, or of a heading."""
        row = 1 if place is None else int(self.rows[place])
        return BadInput(self.path, sentence, row=row, column=column)


class PlainTable(Table):
    """A file of the plain kind, whose answers are codes already."""

    def __init__(self, path: Path, columns: list[str], coded: Collection[str], plain: Plain) -> None:
        self.path, self.columns, self._plain = path, columns, plain
        self._coded = [name for name in columns if name in coded]
        self.rows = np.arange(plain.answers.shape[1]) + FIRST_ROW

    def texts(self, column: str) -> list[str | None]:
        """Give the cells as a list."""
        return [text or None for text in self.names(column).tolist()]

    def names(self, column: str) -> np.ndarray:
        """Give the cells as an array."""
        signs = self._plain.texts[column]
        names = texts_of(signs)
        if not (signs == ord("\\")).any():
            keep("bytes", names, signs)
        return names

    def distinct(self, column: str) -> tuple[Coded[str | None], list[int]]:
        """Give the distinct texts."""
        firsts, places = coded_rows(self._plain.texts[column])
        found = texts_of(self._plain.texts[column][firsts]).tolist()
        return Coded(tuple(text or None for text in found), places), firsts.tolist()

    def codes(self, columns: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
        """Give the answers as they are."""
        answers = self._plain.answers
        if list(columns) != self._coded:
            answers = answers[[self._coded.index(name) for name in columns]]
        return self._plain.options, answers


class SmallTable(Table):
    """A short file without answers, such as a key."""

    def __init__(self, path: Path, columns: list[str], lines: list[list[str]]) -> None:
        kept = [(place, line) for place, line in enumerate(lines) if any(line)]
        if not kept:
            raise BadInput(path, NOTHING, row=1)
        self.path, self.columns = path, columns
        self.rows = np.array([place for place, _line in kept]) + FIRST_ROW
        self._cells = {name: [line[place] for _row, line in kept] for place, name in enumerate(columns)}

    def texts(self, column: str) -> list[str | None]:
        """Give the cells as a list."""
        return [text.strip() or None for text in self._cells[column]]

    def codes(self, columns: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
        """Give the distinct texts of the columns, and the cells."""
        known = {"": 0}
        cells = [[known.setdefault(text or "", len(known)) for text in self.texts(name)] for name in columns]
        return tuple(known), np.array(cells, dtype=np.uint32)


class FrameTable(Table):
    """A file of any other kind; `frame` holds text columns, null in empty cells."""

    def __init__(self, path: Path, frame: pl.DataFrame, categories: Any = None) -> None:
        self._categories = categories or _new_categories()
        filled = ~_all_empty(frame)
        self.path, self.columns = path, frame.columns
        self.rows = np.flatnonzero(filled) + FIRST_ROW
        self.frame = frame if filled.all() else frame.filter(filled)
        if not len(self.rows):
            raise BadInput(path, NOTHING, row=1)

    def texts(self, column: str) -> list[str | None]:
        """Give the cells as a list."""
        series = self.frame[column].cast(_polars().String).str.strip_chars()
        return [text or None for text in series.to_list()]

    def codes(self, columns: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
        """Give the distinct texts of the columns, and the cells."""
        polars = _polars()
        shared = polars.Categorical(self._categories)
        try:
            coded = [self.frame[column].cast(shared) for column in columns]
        except polars.exceptions.PolarsError as error:
            raise BadInput(self.path, MANY_TEXTS) from error
        options: dict[str, int] = {"": 0}
        # Polars forgets the texts when no column of them is left, so the columns are kept until here.
        texts = self._categories.to_series().to_list()
        lookup = np.zeros(len(texts) + 1, dtype=np.uint16)
        seen = np.zeros(len(texts) + 1, dtype=bool)
        cells = np.empty((len(columns), len(self.rows)), dtype=np.uint16)
        for place, series in enumerate(coded):
            cells[place] = series.to_physical().fill_null(len(texts)).to_numpy()
            seen[cells[place]] = True
        for code in np.flatnonzero(seen[:-1]).tolist():
            lookup[code] = options.setdefault(texts[code].strip(), len(options))
        kind = np.uint8 if len(options) <= np.iinfo(np.uint8).max else np.uint16
        return tuple(options), lookup.astype(kind)[cells]


def _polars() -> Any:
    # A fifth of a second to load, and not needed by the commands without tables.
    import polars

    return polars


def _new_categories() -> Any:
    """Make a set of texts for the coded columns of one file; they may hold 65,535 different ones."""
    polars = _polars()
    return polars.Categories.random(namespace="meritum", physical=polars.UInt16)


def _all_empty(frame: pl.DataFrame) -> np.ndarray:
    polars = _polars()
    return frame.select(polars.all_horizontal(polars.all().is_null())).to_series().to_numpy()


def showable(text: str) -> str:
    """Give the beginning of a text from a file without what no terminal should print."""
    signs = (sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:LONGEST_SHOWN])
    return "".join(signs)


def read_table(path: Path, coded: Collection[str] = ()) -> Table:
    """Read a file by its name's ending; columns in `coded` hold few distinct texts and are read as such."""
    kind = path.suffix.casefold()
    if kind not in KINDS:
        raise BadInput(path, f"The name must end in one of {', '.join(KINDS)}.")
    try:
        plain = _plain_table(path, coded) if kind == ".csv" and coded else None
        if plain is not None:
            return plain
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(path, f"The file cannot be read: {error.strerror}.") from error
    if kind == ".csv" and not coded and len(content) <= SMALL:
        return SmallTable(path, *_read_small(path, content))
    if kind == ".csv":
        categories = _new_categories()
        return FrameTable(path, _read_csv(path, content, coded, categories), categories)
    return FrameTable(path, _read_parquet(path, content) if kind == ".parquet" else _read_xlsx(path, content))


def _plain_table(path: Path, coded: Collection[str]) -> Table | None:
    """Read the plain kind of file the fast way; None for any other, good or bad."""
    with path.open("rb") as file:
        head = file.readline()
    if not head.isascii() or b'"' in head:
        return None
    delimiter = _delimiter(head)
    names = [name.strip() for name in head.decode().rstrip("\r\n").split(delimiter)]
    if "" in names or len(set(names)) < len(names):
        return None
    plain = read_plain(path, names, coded, delimiter, head)
    return None if plain is None else PlainTable(path, names, coded, plain)


def _delimiter(first: bytes) -> str:
    return max(DELIMITERS, key=lambda sign: (first.count(sign.encode()), -DELIMITERS.index(sign)))


def _check_headings(path: Path, headings: Sequence[str]) -> list[str]:
    """Refuse headings that are empty or stand twice; spaces around them do not count."""
    names = [heading.strip() for heading in headings]
    for place, name in enumerate(names):
        if not name:
            raise BadInput(path, "The column has no heading.", row=1, column=str(place + 1))
        if name in names[:place]:
            raise BadInput(path, "The column stands in the file twice.", row=1, column=showable(name))
    return names


def _read_headings(path: Path, content: bytes) -> tuple[list[str], str]:
    """Give the headings of a CSV file and its delimiter."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4096]:
        raise BadInput(path, "The file is no text in UTF-8. Save it as CSV in UTF-8.", row=1)
    end = content.find(b"\n")
    first = content if end < 0 else content[:end]
    if not first.strip():
        raise BadInput(path, "The headings are missing.", row=1)
    delimiter = _delimiter(first)
    headings = next(csv.reader(io.StringIO(_decoded(path, first, content)), delimiter=delimiter))
    names = _check_headings(path, headings)
    if end < 0 or not content[end : end + 4096].strip():
        raise BadInput(path, NOTHING, row=1)
    return names, delimiter


def _read_small(path: Path, content: bytes) -> tuple[list[str], list[list[str]]]:
    """Read a short CSV file line by line."""
    content = content.removeprefix(BYTE_ORDER)
    names, delimiter = _read_headings(path, content)
    lines = islice(_lines(path, content, delimiter, len(names)), 1, None)
    return names, [line or [""] * len(names) for line in lines]


def _read_csv(path: Path, content: bytes, coded: Collection[str], categories: Any) -> pl.DataFrame:
    polars = _polars()
    content = content.removeprefix(BYTE_ORDER)
    names, delimiter = _read_headings(path, content)
    kinds = {name: polars.Categorical(categories) if name in coded else polars.String for name in names}
    try:
        frame: pl.DataFrame = polars.read_csv(
            io.BytesIO(content),
            separator=delimiter,
            has_header=False,
            skip_rows=1,
            schema=kinds,
            missing_columns="insert",  # a blank line comes first; short rows are found below
        )
    except polars.exceptions.PolarsError as error:
        _check_rows(path, content, delimiter, len(names))
        raise BadInput(path, f"The file cannot be read: {str(error).splitlines()[0]}") from error
    if b'"' in content or content.count(delimiter.encode()) != (len(frame) + 1) * (len(names) - 1):
        _check_rows(path, content, delimiter, len(names))
    return frame


def _decoded(path: Path, part: bytes, content: bytes) -> str:
    try:
        return part.decode()
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        sentence = "The row is not written in UTF-8. Save the file as CSV in UTF-8."
        raise BadInput(path, sentence, row=row) from error


def _lines(path: Path, content: bytes, delimiter: str, columns: int) -> Iterator[list[str]]:
    """Read line by line, the headings too; one with more or fewer values than headings is a fault."""
    lines = csv.reader(io.StringIO(_decoded(path, content, content), newline=""), delimiter=delimiter)
    try:
        for row, line in enumerate(lines, start=1):
            if line and len(line) != columns:
                sentence = f"The row has {len(line)} values and the headings are {columns}."
                raise BadInput(path, sentence, row=row)
            yield line
    except csv.Error as error:
        raise BadInput(path, f"The row cannot be read: {error}.", row=lines.line_num) from error


def _check_rows(path: Path, content: bytes, delimiter: str, columns: int) -> None:
    """Find the first faulty row; slow, so only where there may be one."""
    for _line in _lines(path, content, delimiter, columns):
        pass


def _read_parquet(path: Path, content: bytes) -> pl.DataFrame:
    polars = _polars()
    try:
        frame = polars.read_parquet(io.BytesIO(content))
    except polars.exceptions.PolarsError as error:
        raise BadInput(path, "The file is no Parquet file.") from error
    names = _check_headings(path, frame.columns)
    columns = []
    for name, series in zip(names, frame.get_columns(), strict=True):
        if series.dtype.is_nested() or series.dtype == polars.Binary:
            raise BadInput(path, f"The column holds {series.dtype}, and no plain values.", column=name)
        if series.dtype.is_integer() or series.dtype in (polars.String, polars.Date, polars.Boolean):
            columns.append(series.cast(polars.String).alias(name))
        else:
            columns.append(polars.Series(name, [_text(value) for value in series.to_list()], polars.String))
    made: pl.DataFrame = polars.DataFrame(columns)
    return made


def _read_xlsx(path: Path, content: bytes) -> pl.DataFrame:
    import python_calamine

    polars = _polars()
    try:
        book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except python_calamine.CalamineError as error:
        raise BadInput(path, "The file is no XLSX workbook.") from error
    if not rows:
        raise BadInput(path, "The headings are missing.", row=1)
    names = _check_headings(path, [_text(cell) or "" for cell in rows[0]])
    cells = [[_text(row[place]) for row in rows[1:]] for place in range(len(names))]
    made: pl.DataFrame = polars.DataFrame(
        [polars.Series(name, column, polars.String) for name, column in zip(names, cells, strict=True)]
    )
    return made


def _text(value: Any) -> str | None:
    """Write a cell's value; whole numbers lose the decimal point that a spreadsheet gives them."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def check_kind(path: Path) -> None:
    """Refuse a name to write to whose ending is no known kind."""
    if path.suffix.casefold() not in KINDS:
        raise BadInput(path, f"The name must end in one of {', '.join(KINDS)}.")
