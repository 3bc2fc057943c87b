"""Long columns written as text at once: a matrix of bytes, a row a value, noughts where nothing stands."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Value = TypeVar("Value")
# Rows written at a time: their matrix stays in the cache.
BLOCK = 1 << 15
# What JSON writes as it stands; the other signs need more than one byte or an escape.
PLAIN = np.zeros(128, dtype=bool)
PLAIN[0x20:0x7F] = True
PLAIN[[ord('"'), ord("\\")]] = False
# A table of all numbers between the lowest and the highest is made where that is shorter than the column.
TABLE = 1 << 17


@dataclass(frozen=True, slots=True)
class Coded(Sequence[Value], Generic[Value]):
    """A column of few distinct values: the values, and for each row its place among them."""

    values: tuple[Value, ...]
    places: npt.NDArray[np.integer[Any]]

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
    """Turn rows of bytes into texts; the reverse of plain_bytes."""
    return np.ascontiguousarray(signs.astype(np.uint32)).view(f"<U{max(signs.shape[1], 1)}").reshape(-1)


def rows_of(texts: Sequence[bytes]) -> Bytes:
    """Write texts below one another."""
    array = np.array(texts, dtype=np.bytes_)
    return np.ascontiguousarray(array).view(np.uint8).reshape(len(texts), array.dtype.itemsize)


def digits(numbers: npt.NDArray[np.integer[Any]]) -> Bytes:
    """Write whole numbers below one another, to the right."""
    if not len(numbers):
        return np.zeros((0, 1), dtype=np.uint8)
    low, high = int(numbers.min()), int(numbers.max())
    if high - low < min(len(numbers), TABLE):
        table = rows_of([str(number).encode() for number in range(low, high + 1)])
        chosen: Bytes = table[numbers - low]
        return chosen
    signed = low < 0
    width = max(len(str(high)), len(str(abs(low)))) + signed
    result = np.zeros((len(numbers), width), dtype=np.uint8)
    left = np.abs(numbers).astype(np.uint64)
    for place in range(width - 1, signed - 1, -1):
        rest = left // 10
        figure = (left - rest * 10).astype(np.uint8) + np.uint8(ord("0"))
        if place < width - 1:
            figure *= left != 0
        result[:, place] = figure
        left = rest
    if signed:
        result[numbers < 0, 0] = ord("-")
    return result


Part = bytes | Callable[[slice], Bytes]


def written(parts: Sequence[Part], count: int) -> Iterator[bytes]:
    """Write rows of parts behind one another, in blocks; a part is the same in each row or gives a matrix."""
    for start in range(0, count, BLOCK):
        rows = slice(start, min(start + BLOCK, count))
        cells = [part if isinstance(part, bytes) else part(rows) for part in parts]
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


def as_json(column: npt.NDArray[Any] | Coded[Any], write: Callable[[Any], str]) -> Iterator[bytes]:
    """Write a column as a JSON list without spaces; `write` gives the JSON of a single value."""
    parts = _json_parts(column, write)
    yield b"["
    if parts is None:
        yield write(column.tolist() if isinstance(column, np.ndarray) else list(column))[1:-1].encode()
    else:
        # The comma stands before each value, and nothing before the first.
        first = True
        for block in written([b",", *parts], len(column)):
            yield block[1:] if first else block
            first = False
    yield b"]"


def _json_parts(column: npt.NDArray[Any] | Coded[Any], write: Callable[[Any], str]) -> list[Part] | None:
    if isinstance(column, Coded):
        table = rows_of([write(value).encode() for value in column.values] or [b""])
        return None if len(column.values) > len(column) else [lambda rows: table[column.places[rows]]]
    if column.dtype.kind in "iu":
        return [lambda rows: digits(column[rows])]
    signs = plain_bytes(column) if column.dtype.kind == "U" else None
    return None if signs is None else [b'"', lambda rows: signs[rows], b'"']


def json_pieces(data: Any, write: Callable[[Any], str]) -> Iterator[bytes]:
    """Write data as JSON with sorted keys, where columns may stand inside dictionaries."""
    if isinstance(data, dict) and all(isinstance(name, str) for name in data):
        yield b"{"
        for place, name in enumerate(sorted(data)):
            yield f"{',' if place else ''}{json.dumps(name, ensure_ascii=False)}:".encode()
            yield from json_pieces(data[name], write)
        yield b"}"
    elif isinstance(data, np.ndarray | Coded):
        yield from as_json(data, write)
    else:
        yield write(data).encode()
