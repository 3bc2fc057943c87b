"""Long columns written as text at once: a matrix of bytes, a row a value, noughts where nothing stands."""

import json
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Value = TypeVar("Value")
Result = TypeVar("Result")
# Rows written at a time: their matrix stays in the cache.
BLOCK = 1 << 15
# What was made of fixed columns, by their identity.
_MADE: dict[tuple[str, int], tuple[weakref.ref[npt.NDArray[Any]], Any]] = {}
# What JSON writes as it stands; the other signs need more than one byte or an escape.
PLAIN = np.zeros(128, dtype=bool)
PLAIN[0x20:0x7F] = True
PLAIN[[ord('"'), ord("\\")]] = False
# Numbers are told apart by a table of all between the lowest and the highest where it is no longer than this.
TABLE = 1 << 17
# Entries of a table that are worth one number sorted.
WORTH = 32


@dataclass(frozen=True, slots=True)
class Coded(Sequence[Value], Generic[Value]):
    """A column of few distinct values: the values, and for each row its place among them."""

    values: tuple[Value, ...]
    places: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> list[Value]: ...

    def __getitem__(self, place: int | slice) -> Value | list[Value]:
        if isinstance(place, slice):
            return [self.values[code] for code in self.places[place].tolist()]
        return self.values[int(self.places[place])]

    def __iter__(self) -> Iterator[Value]:
        return map(self.values.__getitem__, self.places.tolist())

    def take(self, rows: npt.NDArray[Any]) -> "Coded[Value]":
        """Pick rows."""
        return Coded(self.values, self.places[rows])


@dataclass(frozen=True, slots=True)
class Picked:
    """Texts of a column in some order, of which no copy is made."""

    texts: npt.NDArray[np.str_]
    rows: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def tolist(self) -> list[str]:
        """Give the texts as a list."""
        found: list[str] = self.texts[self.rows].tolist()
        return found

    def signs(self) -> "Part | None":
        """Give what writes the texts of some rows, None where one of them has a sign that is not plain."""
        signs = once("bytes", self.texts, plain_bytes)
        if signs is None:
            return None
        return picked(signs, self.rows)


def picked(table: Bytes, places: npt.NDArray[np.int64]) -> "Part":
    """Give what writes for each row its line of a table; one line alone is the same for all rows."""
    if len(table) == 1:
        return table.tobytes()
    # A line is fetched faster as a whole than sign by sign.
    whole, width = np.ascontiguousarray(table).view(f"V{table.shape[1]}").reshape(-1), table.shape[1]
    return lambda rows: whole.take(places[rows]).view(np.uint8).reshape(-1, width)


def once(name: str, array: npt.NDArray[Any], make: Callable[[Any], Result]) -> Result:
    """Make something of a column; of one that nobody can write to it is made once, as long as it lives."""
    if not is_fixed(array):
        return make(array)
    place = (name, id(array))
    kept = _MADE.get(place)
    if kept is None or kept[0]() is not array:
        kept = (weakref.ref(array, lambda _gone: _MADE.pop(place, None)), make(array))
        _MADE[place] = kept
    made: Result = kept[1]
    return made


def keep(name: str, array: npt.NDArray[Any], made: Any) -> None:
    """Keep what was made of a column that nobody can write to, for whoever asks `once` for it."""
    once(name, array, lambda _array: made)


def plain_bytes(texts: npt.NDArray[np.str_]) -> Bytes | None:
    """Give the signs of texts as bytes, None where one of them is not plain."""
    width = texts.dtype.itemsize // 4
    signs = np.ascontiguousarray(texts).view(np.uint32).reshape(len(texts), width)
    if signs.size and int(signs.max()) >= len(PLAIN):
        return None
    narrow = signs.astype(np.uint8)
    # Noughts may only fill a text up at its end.
    held = narrow != 0
    if not (PLAIN[narrow] | ~held).all() or (held[:, 1:] & ~held[:, :-1]).any():
        return None
    return narrow


def texts_of(signs: Bytes) -> npt.NDArray[np.str_]:
    """Turn rows of bytes into texts that nobody can write to; the reverse of plain_bytes."""
    wide = np.zeros((len(signs), max(signs.shape[1], 1)), dtype=np.uint32)
    wide[:, : signs.shape[1]] = signs
    wide.flags.writeable = False
    return wide.view(f"<U{wide.shape[1]}").reshape(-1)


def is_fixed(array: npt.NDArray[Any]) -> bool:
    """Tell whether nobody can write to an array, nor to one that it is a view of."""
    while isinstance(array, np.ndarray):
        if array.flags.writeable:
            return False
        if array.base is None:
            return True
        array = array.base
    return False


def rows_of(texts: Sequence[bytes]) -> Bytes:
    """Write texts below one another."""
    array = np.array(texts, dtype=np.bytes_)
    return np.ascontiguousarray(array).view(np.uint8).reshape(len(texts), array.dtype.itemsize)


def digits(numbers: npt.NDArray[np.integer[Any]]) -> Bytes:
    """Write whole numbers below one another, to the right."""
    if not len(numbers):
        return np.zeros((0, 1), dtype=np.uint8)
    low, high = int(numbers.min()), int(numbers.max())
    signed = low < 0
    width = max(len(str(high)), len(str(abs(low)))) + signed
    result = np.zeros((len(numbers), width), dtype=np.uint8)
    left = np.abs(numbers).astype(np.uint32 if max(high, -low) < 2**32 else np.uint64)
    for place in range(width - 1, signed - 1, -1):
        rest = left // 10
        figure = (left - rest * 10).astype(np.uint8)
        figure += np.uint8(ord("0"))
        if place < width - 1:
            figure *= left != 0
        result[:, place] = figure
        left = rest
    if signed:
        result[numbers < 0, 0] = ord("-")
    return result


def distinct_numbers(numbers: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Give the distinct numbers in rising order, and for each row its place among them."""
    low = int(numbers.min(initial=0))
    # A table as long as the range pays where there are many numbers; a page of rows is sorted sooner.
    if int(numbers.max(initial=0)) - low >= min(TABLE, WORTH * len(numbers)):
        distinct, places = np.unique(numbers, return_inverse=True)
        return distinct, places.astype(np.int64)
    shifted = numbers - low
    counts = np.bincount(shifted)
    places = np.cumsum(counts > 0) - 1
    return np.flatnonzero(counts) + low, places[shifted]


Part = bytes | Callable[[slice], Bytes]
Column = npt.NDArray[Any] | Coded[Any] | Picked


def written(parts: Sequence[Part], count: int) -> Iterator[bytes]:
    """Write rows of parts behind one another, in blocks; a part is the same in each row or gives a matrix."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += part
        else:
            joined.append(part)
    for start in range(0, count, BLOCK):
        rows = slice(start, min(start + BLOCK, count))
        cells = [part if isinstance(part, bytes) else part(rows) for part in joined]
        width = sum(len(cell) if isinstance(cell, bytes) else cell.shape[1] for cell in cells)
        block = np.empty((rows.stop - rows.start, width), dtype=np.uint8)
        place = 0
        for cell in cells:
            if isinstance(cell, bytes):
                block[:, place : place + len(cell)] = np.frombuffer(cell, dtype=np.uint8)
                place += len(cell)
            else:
                block[:, place : place + cell.shape[1]] = cell
                place += cell.shape[1]
        yield block.tobytes().translate(None, b"\0")


def as_json(column: Column, write: Callable[[Any], str]) -> Iterator[bytes]:
    """Write a column as a JSON list without spaces; `write` gives the JSON of a single value."""
    parts = _json_parts(column, write)
    yield b"["
    if parts is None:
        yield write(list(column) if isinstance(column, Coded) else column.tolist())[1:-1].encode()
    else:
        # The comma stands before each value, and nothing before the first.
        first = True
        for block in written([b",", *parts], len(column)):
            yield block[1:] if first else block
            first = False
    yield b"]"


def _json_parts(column: Column, write: Callable[[Any], str]) -> list[Part] | None:
    if isinstance(column, Coded):
        table = rows_of([_json_value(value, write).encode() for value in column.values] or [b""])
        return None if len(column.values) > len(column) else [picked(table, column.places)]
    if isinstance(column, Picked):
        signs = column.signs()
        return None if signs is None else [b'"', signs, b'"']
    return [lambda rows: digits(column[rows])] if column.dtype.kind in "iu" else None


def _json_value(value: Any, write: Callable[[Any], str]) -> str:
    # There may be thousands of days, and a date needs no more than this.
    return f'"{value.isoformat()}"' if type(value) is date else write(value)


def json_pieces(data: Any, write: Callable[[Any], str]) -> Iterator[bytes]:
    """Write data as JSON with sorted keys, where columns may stand inside dictionaries."""
    if isinstance(data, dict) and all(isinstance(name, str) for name in data):
        yield b"{"
        for place, name in enumerate(sorted(data)):
            yield f"{',' if place else ''}{json.dumps(name, ensure_ascii=False)}:".encode()
            yield from json_pieces(data[name], write)
        yield b"}"
    elif isinstance(data, Coded | Picked | np.ndarray):
        yield from as_json(data, write)
    else:
        yield write(data).encode()
