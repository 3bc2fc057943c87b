"""Tables written to CSV, Parquet and XLSX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from app.exams.merit.columns import (
    Bytes,
    Coded,
    Part,
    Picked,
    digits,
    once,
    picked,
    plain_bytes,
    rows_of,
    written,
)
from app.exams.merit.exact import Integers
from app.exams.merit.responses import Texts
from app.exams.merit_commands.tables import check_kind

if TYPE_CHECKING:
    import polars as pl


class Whole(Sequence[int | None]):
    """A column of whole numbers; rows behind the last of them are empty."""

    def __init__(self, numbers: Integers, count: int | None = None) -> None:
        self.numbers, self._count = numbers, len(numbers) if count is None else count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> int | None: ...

    @overload
    def __getitem__(self, place: slice) -> list[int | None]: ...

    def __getitem__(self, place: int | slice) -> int | list[int | None] | None:
        return self._listed()[place]

    def __iter__(self) -> Iterator[int | None]:
        return iter(self._listed())

    def _listed(self) -> list[int | None]:
        return [*self.numbers.tolist(), *[None] * (self._count - len(self.numbers))]

    def same(self) -> bytes:
        """Write the number that all rows have, nothing where they have several."""
        if len(self.numbers) != len(self) or not len(self) or self.numbers.min() != self.numbers.max():
            return b""
        return str(int(self.numbers[0])).encode()

    def digits(self, rows: slice) -> Bytes:
        """Write the numbers of some rows."""
        own = digits(self.numbers[rows])
        if len(own) == rows.stop - rows.start:
            return own
        result = np.zeros((rows.stop - rows.start, own.shape[1]), dtype=np.uint8)
        result[: len(own)] = own
        return result


class Names(Sequence[str]):
    """A column of texts that are mostly different: those of some rows of a longer one."""

    def __init__(self, picked: Picked) -> None:
        self.picked = picked

    def __len__(self) -> int:
        return len(self.picked)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        found: str | list[str] = self.picked.texts[self.picked.rows[place]].tolist()
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.picked.tolist())


class Prepared(dict[str, Sequence[Any]]):
    """Columns that are written as CSV when they are made."""

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        super().__init__(columns)
        self.csv = _pieces(columns)


def write_table(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    """Write a table by the ending of its name; None is an empty cell."""
    kind = path.suffix.casefold()
    check_kind(path)
    if kind == ".xlsx":
        _write_xlsx(path, columns)
        return
    if kind == ".csv":
        with path.open("wb") as file:
            file.writelines(columns.csv if isinstance(columns, Prepared) else _pieces(columns))
    else:
        _frame(columns).write_parquet(path)


def write_csv(columns: Mapping[str, Sequence[Any]]) -> bytes:
    """Write a table as CSV in UTF-8: an empty text in quotes, nothing for None."""
    return b"".join(_pieces(columns))


def _pieces(columns: Mapping[str, Sequence[Any]]) -> list[bytes]:
    """Write a table as CSV in pieces, which need not be put together for a file."""
    parts: list[Part] = []
    for column in columns.values():
        own = _parts(column)
        if own is None:
            return [_frame(columns).write_csv().encode()]
        parts += [*own, b","]
    count = len(next(iter(columns.values()), ()))
    head = b",".join(_cell(name) for name in columns) + b"\n"
    return [head, *written([*parts[:-1], b"\n"], count)]


def _parts(column: Sequence[Any]) -> list[Part] | None:
    """Give what a column writes in each row, None where it must be looked at row by row."""
    if isinstance(column, Coded):
        table = rows_of([_cell(value) for value in column.values] or [b""])
        return [picked(table, column.places)]
    if isinstance(column, Whole):
        return [column.same() or column.digits]
    if not isinstance(column, Names) or once("commas", column.picked.texts, _has_commas):
        return None
    signs = column.picked.signs()
    return None if signs is None else [signs]


def _has_commas(texts: Texts) -> bool:
    """Tell whether a text needs quotes, being empty or having a comma."""
    signs = once("bytes", texts, plain_bytes)
    return signs is None or bool((signs == ord(",")).any() or not signs[:, 0].all())


def _cell(value: Any) -> bytes:
    if value is None:
        return b""
    if isinstance(value, bool):
        return b"true" if value else b"false"
    text = str(value)
    if isinstance(value, str) and (not text or any(sign in text for sign in '",\n\r')):
        text = '"' + text.replace('"', '""') + '"'
    return text.encode()


def _frame(columns: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    # A fifth of a second to load, and not needed for the plain kind of file.
    import polars

    made: pl.DataFrame = polars.DataFrame({name: list(column) for name, column in columns.items()})
    return made


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
