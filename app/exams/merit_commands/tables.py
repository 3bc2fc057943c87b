"""Tables in CSV, Parquet and XLSX, in and out; every cell comes in as text, with its place in the file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.exams.merit_commands.faults import BadInput

if TYPE_CHECKING:
    import polars as pl

KINDS = (".csv", ".parquet", ".xlsx")
DELIMITERS = (",", ";", "\t")
# The headings are row 1, so that the first person is in row 2.
FIRST_ROW = 2
LONGEST_SHOWN = 40
NOTHING = "There is nothing below the headings."
MANY_TEXTS = "The columns of answers hold more than 65,000 different answers."


class Table:
    """One file: `frame` holds text columns, null in empty cells, and `rows` the places of its rows."""

    def __init__(self, path: Path, frame: pl.DataFrame, categories: Any = None) -> None:
        self._categories = categories or _new_categories()
        filled = ~_all_empty(frame)
        self.path = path
        self.rows = np.flatnonzero(filled) + FIRST_ROW
        self.frame = frame if filled.all() else frame.filter(filled)
        if not len(self.rows):
            raise BadInput(path, NOTHING, row=1)

    @property
    def columns(self) -> list[str]:
        """List the headings, in order."""
        return self.frame.columns

    def texts(self, column: str) -> list[str | None]:
        """Give the cells of a column without spaces around them, None where nothing is left."""
        series = self.frame[column].cast(_polars().String).str.strip_chars()
        return [text or None for text in series.to_list()]

    def codes(self, columns: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
        """Give the distinct texts of some columns, the empty one first, and the cells as places in them.

        The cells have the shape (columns, rows).
        """
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

    def fault(self, sentence: str, place: int | None = None, column: str | None = None) -> BadInput:
        """Make the fault of a cell by its place in the column, or of a heading."""
        row = 1 if place is None else int(self.rows[place])
        return BadInput(self.path, sentence, row=row, column=column)


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
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(path, f"The file cannot be read: {error.strerror}.") from error
    if kind == ".csv":
        categories = _new_categories()
        return Table(path, _read_csv(path, content, coded, categories), categories)
    return Table(path, _read_parquet(path, content) if kind == ".parquet" else _read_xlsx(path, content))


def _check_headings(path: Path, headings: Sequence[str]) -> list[str]:
    """Refuse headings that are empty or stand twice; spaces around them do not count."""
    names = [heading.strip() for heading in headings]
    for place, name in enumerate(names):
        if not name:
            raise BadInput(path, "The column has no heading.", row=1, column=str(place + 1))
        if name in names[:place]:
            raise BadInput(path, "The column stands in the file twice.", row=1, column=showable(name))
    return names


def _read_csv(path: Path, content: bytes, coded: Collection[str], categories: Any) -> pl.DataFrame:
    polars = _polars()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4096]:
        raise BadInput(path, "The file is no text in UTF-8. Save it as CSV in UTF-8.", row=1)
    content = content.removeprefix(b"\xef\xbb\xbf")
    end = content.find(b"\n")
    first = content if end < 0 else content[:end]
    if not first.strip():
        raise BadInput(path, "The headings are missing.", row=1)
    delimiter = max(DELIMITERS, key=lambda sign: (first.count(sign.encode()), -DELIMITERS.index(sign)))
    headings = next(csv.reader(io.StringIO(_decoded(path, first, content)), delimiter=delimiter))
    names = _check_headings(path, headings)
    kinds = {name: polars.Categorical(categories) if name in coded else polars.String for name in names}
    if end < 0 or not content[end : end + 4096].strip():
        raise BadInput(path, NOTHING, row=1)
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


def _check_rows(path: Path, content: bytes, delimiter: str, columns: int) -> None:
    """Find the first row with more or fewer values than headings; slow, so only where there may be one."""
    lines = csv.reader(io.StringIO(_decoded(path, content, content), newline=""), delimiter=delimiter)
    try:
        for row, line in enumerate(lines, start=1):
            if line and len(line) != columns:
                sentence = f"The row has {len(line)} values and the headings are {columns}."
                raise BadInput(path, sentence, row=row)
    except csv.Error as error:
        raise BadInput(path, f"The row cannot be read: {error}.", row=lines.line_num) from error


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


def write_table(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    """Write a table by the ending of its name; None is an empty cell."""
    kind = path.suffix.casefold()
    check_kind(path)
    if kind == ".xlsx":
        _write_xlsx(path, columns)
        return
    if kind == ".csv":
        path.write_bytes(write_csv(columns))
    else:
        _frame(columns).write_parquet(path)


def write_csv(columns: Mapping[str, Sequence[Any]]) -> bytes:
    """Write a table as CSV in UTF-8."""
    return _frame(columns).write_csv().encode()


def _frame(columns: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    polars = _polars()
    made: pl.DataFrame = polars.DataFrame({name: list(column) for name, column in columns.items()})
    return made


def check_kind(path: Path) -> None:
    """Refuse a name to write to whose ending is no known kind."""
    if path.suffix.casefold() not in KINDS:
        raise BadInput(path, f"The name must end in one of {', '.join(KINDS)}.")


def _write_xlsx(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("list")
        for place, (name, column) in enumerate(columns.items()):
            sheet.write_string(0, place, name)
            for row, value in enumerate(column, start=1):
                if isinstance(value, bool | int):
                    sheet.write(row, place, value)
                elif value is not None:
                    sheet.write_string(row, place, str(value))
