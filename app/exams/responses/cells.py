"""The cells of a stretch of a file: kept as columns of texts, or found in the bytes where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

Codes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
# What stands in no table of answers.
UNKNOWN = 255
_NEWLINE, _RETURN = 10, 13


class Cells(Protocol):
    """Rows of cells by the place of their column."""

    def stripped(self, place: int) -> list[str]:
        """Give a column without the blanks around its texts."""

    def text(self, row: int, place: int) -> str:
        """Give one cell as it is written."""

    def codes(self, place: int, meanings: Mapping[str, int]) -> Codes:
        """Give the code of each cell of a column, UNKNOWN for what is not written exactly so."""

    def is_blank(self, row: int) -> bool:
        """Tell whether nothing stands in a row."""

    def kept(self, rows: Flags) -> Cells:
        """Leave out the other rows."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells as columns of texts named "0", "1", ... by their place."""

    frame: pl.DataFrame

    def stripped(self, place: int) -> list[str]:
        found: list[str] = self.frame.get_column(str(place)).str.strip_chars().to_list()
        return found

    def text(self, row: int, place: int) -> str:
        return str(self.frame.get_column(str(place))[row])

    def codes(self, place: int, meanings: Mapping[str, int]) -> Codes:
        column = self.frame.get_column(str(place))
        texts, codes = list(meanings), list(meanings.values())
        found = column.replace_strict(texts, codes, default=UNKNOWN, return_dtype=pl.UInt8)
        return np.array(found.to_numpy(), dtype=np.uint8)

    def is_blank(self, row: int) -> bool:
        return not any(str(cell).strip() for cell in self.frame.row(row))

    def kept(self, rows: Flags) -> Columns:
        return Columns(self.frame.filter(pl.Series(rows)))


@dataclass(frozen=True)
class Stretch:
    """Cells in the bytes of whole lines: nothing is copied out before it is asked for.

    `dividers`, shape (columns - 1, rows), and `begins` and `ends` of the lines are places in `raw`. An answer
    of one byte, as nearly all are, is looked up where it stands.
    """

    raw: bytes
    sign: str
    dividers: Places
    begins: Places
    ends: Places

    def stripped(self, place: int) -> list[str]:
        raw = self.raw
        begins, ends = self._begins(place).tolist(), self._ends(place).tolist()
        return [raw[begin:end].decode().strip() for begin, end in zip(begins, ends, strict=True)]

    def text(self, row: int, place: int) -> str:
        return self.raw[self._begins(place)[row] : self._ends(place)[row]].decode()

    def codes(self, place: int, meanings: Mapping[str, int]) -> Codes:
        if any(len(text.encode()) > 1 for text in meanings):
            return self._columns.codes(place, meanings)
        table = np.full(256, UNKNOWN, dtype=np.uint8)
        for text, code in meanings.items():
            if text:
                table[ord(text)] = code
        begins = self._begins(place)
        lengths = self._ends(place) - begins
        signs = np.frombuffer(self.raw, dtype=np.uint8)
        found: Codes = table[signs[np.minimum(begins, len(signs) - 1)]]
        found[lengths > 1] = UNKNOWN
        found[lengths == 0] = meanings.get("", UNKNOWN)
        return found

    def is_blank(self, row: int) -> bool:
        line = self.raw[self.begins[row] : self.ends[row]].decode()
        return not line.replace(self.sign, "").strip()

    def kept(self, rows: Flags) -> Stretch:
        lines = zip(self.begins[rows].tolist(), self.ends[rows].tolist(), strict=True)
        raw = b"".join(self.raw[begin:end] + b"\n" for begin, end in lines)
        return _located(raw, self.sign, *_find(raw, self.sign))

    def _begins(self, place: int) -> Places:
        return self.dividers[place - 1] + 1 if place else self.begins

    def _ends(self, place: int) -> Places:
        return self.dividers[place] if place < len(self.dividers) else self.ends

    @cached_property
    def _columns(self) -> Columns:
        """Take every cell out, for answers of more than one byte."""
        found = pl.read_csv(
            self.raw,
            has_header=False,
            separator=self.sign,
            quote_char=None,
            infer_schema=False,
            empty_string_is_null=False,
            new_columns=[str(place) for place in range(len(self.dividers) + 1)],
        )
        last = pl.col(str(len(self.dividers))).str.strip_suffix("\r")
        return Columns(found.with_columns(last) if b"\r" in self.raw else found)


def divide(raw: bytes, sign: str, width: int) -> Stretch | None:
    """Find the cells of whole lines without quotation marks; None unless each line has `width` of them."""
    ends, dividers = _find(raw, sign)
    counts = np.diff(np.searchsorted(dividers, ends), prepend=0)
    return _located(raw, sign, ends, dividers) if (counts == width - 1).all() else None


def _find(raw: bytes, sign: str) -> tuple[Places, Places]:
    """Give where lines end and where cells are divided."""
    signs = np.frombuffer(raw, dtype=np.uint8)
    ends = np.flatnonzero(signs == _NEWLINE)
    if not raw.endswith(b"\n"):
        ends = np.append(ends, len(raw))
    return ends, np.flatnonzero(signs == ord(sign))


def _located(raw: bytes, sign: str, ends: Places, dividers: Places) -> Stretch:
    signs = np.frombuffer(raw, dtype=np.uint8)
    begins = np.concatenate(([0], ends[:-1] + 1))
    # a carriage return belongs to the end of its line
    has_return = (ends > begins) & (signs[ends - 1] == _RETURN)
    by_column = np.ascontiguousarray(dividers.reshape(len(ends), -1).T)
    return Stretch(raw, sign, by_column, begins, ends - has_return)
