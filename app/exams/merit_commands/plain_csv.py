"""Reading the plain kind of CSV file fast: no quotes, and one sign at most in each cell of answers.

Most files of answer sheets are of this kind. A file of any other kind, or with any fault, is not read here
but by the general reader, which tells each fault with its place.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]

# Bytes read at a time: what is made of them stays in the cache.
PART = 1 << 18
AHEAD = 16
# More lines than are expected have room at once.
ROOM = 1 << 14
LINE_END, RETURN, SPACE = ord("\n"), ord("\r"), ord(" ")
# A column with longer texts is no column of numbers, dates or claims.
WIDEST = 128
# A sign that no option was given to yet.
UNKNOWN = 255
# Signs that may stand at the ends of a cell that is taken as it is.
FIRST_SIGN, LAST_SIGN = 0x21, 0x7E


class NotPlain(Exception):
    """The file is of another kind; it says nothing about whether it is good."""


@dataclass(frozen=True)
class Plain:
    """What a file holds: `answers` of shape (coded columns, rows) as places in `options`, the blank first.

    `texts` are the other columns, a row of bytes each, with noughts behind the text.
    """

    answers: Bytes
    options: tuple[str, ...]
    texts: dict[str, Bytes]


class _Options:
    """The signs found in answers, each with its code; new ones are taken in as they come."""

    def __init__(self, delimiter: int) -> None:
        self.signs: list[str] = [""]
        self._lock = threading.Lock()
        self._table = bytearray([UNKNOWN]) * 256
        # A cell without an answer shows the delimiter or the line end before it.
        for sign in (delimiter, LINE_END):
            self._table[sign] = 0

    def code(self, cells: Bytes) -> Bytes:
        """Give the code of each sign."""
        codes = np.frombuffer(cells.tobytes().translate(bytes(self._table)), dtype=np.uint8)
        if codes.max(initial=0) < UNKNOWN:
            return codes
        with self._lock:
            for sign in np.unique(cells[codes == UNKNOWN]).tolist():
                if not FIRST_SIGN <= sign <= LAST_SIGN or len(self.signs) == UNKNOWN:
                    raise NotPlain
                if self._table[sign] == UNKNOWN:
                    self._table[sign] = len(self.signs)
                    self.signs.append(chr(sign))
        return self.code(cells)

    def in_order(self) -> tuple[tuple[str, ...], Bytes | None]:
        """Give the options in the order of their signs; and, where they came otherwise, each one's code."""
        ordered = ["", *sorted(self.signs[1:])]
        if ordered == self.signs:
            return tuple(ordered), None
        return tuple(ordered), np.array([ordered.index(sign) for sign in self.signs], dtype=np.uint8)


@dataclass
class _Room:
    """Arrays that one thread uses for part after part."""

    is_end: npt.NDArray[np.bool_]
    is_line_end: npt.NDArray[np.bool_]
    last: Bytes


class _Reader:
    """Takes parts of a file apart; the parts may be taken by several threads."""

    def __init__(self, names: Sequence[str], coded: Collection[str], delimiter: str, returns: bool) -> None:
        self.columns, self.returns = len(names), returns
        self.coded = [place for place, name in enumerate(names) if name in coded]
        self.others = {name: place for place, name in enumerate(names) if name not in coded}
        if not self.coded or not self.others:
            raise NotPlain
        self.delimiter = ord(delimiter)
        self._rooms = threading.local()
        self.options = _Options(self.delimiter)
        # Columns that stand side by side are taken together.
        breaks = np.flatnonzero(np.diff(self.coded) > 1) + 1
        self.runs = [(int(run[0]), int(run[-1]) + 1) for run in np.split(np.array(self.coded), breaks)]

    def read(self, part: bytes, stop: int, out: Bytes) -> dict[str, Bytes]:
        """Write the answers of whole lines to `out`, of shape (coded columns, lines); give other columns.

        The part begins with the line end before its first line, and its lines end at `stop`.
        """
        signs = np.frombuffer(part, dtype=np.uint8, count=stop)
        body, lines = signs[1:], out.shape[1]
        room = self._room(len(part))
        is_end = np.equal(body, self.delimiter, out=room.is_end[: len(body)])
        is_line_end = np.equal(body, LINE_END, out=room.is_line_end[: len(body)])
        is_end |= is_line_end
        flat = np.flatnonzero(is_end)
        if b'"' in part or (b"\r" in part) != self.returns or len(flat) != lines * self.columns:
            raise NotPlain
        ends = flat.reshape(lines, self.columns)
        if not is_line_end[ends[:, -1]].all():
            raise NotPlain
        starts = np.concatenate([[0], ends[:-1, -1] + 1])
        # Standing one place before `body`, `signs` shows the last sign of each cell where the cell ends.
        last = signs.take(flat, out=room.last[: len(flat)], mode="clip").reshape(lines, self.columns)
        if self.returns:
            if not (last[:, -1] == RETURN).all():
                raise NotPlain
            last[:, -1] = signs.take(ends[:, -1] - 1)
            ends[:, -1] -= 1
        if int((ends[:, -1] - starts).min()) < self.columns:
            raise NotPlain  # a line without anything
        self._answers(last, starts, ends, out)
        return {
            name: _texts(body, ends[:, place - 1] + 1 if place else starts, ends[:, place])
            for name, place in self.others.items()
        }

    def _room(self, size: int) -> _Room:
        """Give this thread's arrays; making them anew for each part costs more than their use."""
        room: _Room | None = getattr(self._rooms, "room", None)
        if room is None or len(room.last) < size:
            room = self._rooms.room = _Room(
                np.empty(size, bool), np.empty(size, bool), np.empty(size, np.uint8)
            )
        return room

    def _answers(self, last: Bytes, starts: Places, ends: Places, out: Bytes) -> None:
        """Write the codes of answers; a cell of more than one sign is refused by counting all signs."""
        filled = row = 0
        for first, stop in self.runs:
            count = stop - first
            out[row : row + count] = self.options.code(last[:, first:stop].reshape(-1)).reshape(-1, count).T
            row += count
            before = ends[:, first - 1] + 1 if first else starts
            filled += int((ends[:, stop - 1] - before).sum()) - (count - 1) * len(ends)
        if filled != np.count_nonzero(out):
            raise NotPlain


def _texts(body: Bytes, starts: Places, ends: Places) -> Bytes:
    """Copy the cells of a column into rows of bytes; only plain signs, without spaces at the ends."""
    lengths = ends - starts
    width = int(lengths.max())
    if width > WIDEST:
        raise NotPlain
    places = np.arange(width)
    cells = body.take(starts[:, None] + places, mode="clip")
    if int(lengths.min()) < width:
        cells[places >= lengths[:, None]] = 0
    if cells.size and (int(cells.max()) > LAST_SIGN or ((cells < SPACE) & (cells != 0)).any()):
        raise NotPlain
    filled = lengths > 0
    if (body[starts[filled]] == SPACE).any() or (body[ends[filled] - 1] == SPACE).any():
        raise NotPlain
    if np.count_nonzero(cells) != lengths.sum():
        raise NotPlain
    return cells


def read_plain(
    path: Path, names: Sequence[str], coded: Collection[str], delimiter: str, head: bytes
) -> Plain | None:
    """Read a file whose first line is `head`; None where it is not plain."""
    try:
        return _read(path, _Reader(names, coded, delimiter, head.endswith(b"\r\n")), len(head))
    except NotPlain:
        return None


def _read(path: Path, reader: _Reader, begin: int) -> Plain:
    size = path.stat().st_size - begin
    answers = np.empty((len(reader.coded), 0), dtype=np.uint8)
    found: list[Future[dict[str, Bytes]]] = []
    lines = done = 0
    with path.open("rb", buffering=0) as file, ThreadPoolExecutor(os.cpu_count()) as pool:
        for part, stop in _parts(file, begin):
            count = int(np.count_nonzero(np.frombuffer(part, dtype=np.uint8, count=stop) == LINE_END)) - 1
            done += stop - 1
            if lines + count > answers.shape[1]:
                wait(found)
                answers = _widened(answers, lines, (lines + count) * size // done + ROOM)
            found.append(pool.submit(reader.read, part, stop, answers[:, lines : lines + count]))
            lines += count
            # The first part decides the order of options; later the reading waits for those who take apart.
            if len(found) == 1 or len(found) > AHEAD:
                found[-1 if len(found) == 1 else -AHEAD].result()
    if not lines:
        raise NotPlain
    texts = {name: _below([part.result()[name] for part in found]) for name in reader.others}
    options, codes = reader.options.in_order()
    answers = answers[:, :lines]
    return Plain(answers if codes is None else codes[answers], options, texts)


def _widened(answers: Bytes, lines: int, most: int) -> Bytes:
    """Make room for more lines; the length of those read tells about how many there are in all."""
    result = np.empty((len(answers), most), dtype=np.uint8)
    result[:, :lines] = answers[:, :lines]
    return result


def _parts(file: BinaryIO, begin: int) -> Iterator[tuple[bytes, int]]:
    """Read parts of some size, each from the line end before its first line; say where its last line ends."""
    place = begin - 1
    while True:
        file.seek(place)
        part = file.read(PART)
        if len(part) <= 1:
            return
        stop = part.rfind(b"\n") + 1
        if stop <= 1:
            if file.read(1):
                raise NotPlain  # a line longer than a part
            part += b"\n"
            stop = len(part)
        yield part, stop
        place += stop - 1


def _below(parts: list[Bytes]) -> Bytes:
    """Put the rows of several matrices below one another; narrow ones get noughts behind."""
    result = np.zeros((sum(len(part) for part in parts), max(part.shape[1] for part in parts)), np.uint8)
    start = 0
    for part in parts:
        result[start : start + len(part), : part.shape[1]] = part
        start += len(part)
    return result
