"""Order rows by several integer columns packed into machine words, with the row number in the low bits.

One sort of plain words orders all rows by as many leading bits as fit beside the row number. Only rows
that these bits leave equal are looked at again, with the bits that are left. The result is that of
comparing column by column.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.exams.merit.columns import once, plain_bytes
from app.exams.merit.exact import Flags, Integers

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Bits:
    """A column of numbers from 0 that need `width` bits."""

    values: Words
    width: int

    def split(self, high: int) -> tuple["_Bits", "_Bits"]:
        """Cut off the `high` most significant bits."""
        low = self.width - high
        mask = np.uint64((1 << low) - 1)
        return _Bits(self.values >> np.uint64(low), high), _Bits(self.values & mask, low)


def order(columns: Sequence[Integers | Words | npt.NDArray[np.uint8]], count: int) -> tuple[Integers, Flags]:
    """Give the rows in rising order of the columns, strongest first, and where a place differs from the last.

    Rows equal in every column stay in their own order.
    """
    return _sorted([packed for packed in map(_ranged, columns) if packed.width], count)


def coded_rows(signs: npt.NDArray[np.uint8]) -> tuple[Integers, Integers]:
    """Give where each distinct row of bytes comes first, and for each row its place among these.

    They stand in rising order.
    """
    places, new = order([signs[:, column] for column in range(signs.shape[1])], len(signs))
    codes = np.empty(len(signs), dtype=np.int64)
    codes[places] = np.cumsum(new) - 1
    return places[new], codes


def refine(
    places: Integers, new: Flags, columns_of: Callable[[Integers], Sequence[Integers | Words]]
) -> None:
    """Order rows that are still equal by further columns, in place; the columns are asked for these rows
    only.
    """
    if not new.all():
        _resort(places, new, lambda rows: [_ranged(column) for column in columns_of(rows)])


def text_words(texts: npt.NDArray[np.str_]) -> list[Words]:
    """Turn texts into columns of words in the order of their code points."""
    signs = once("bytes", texts, plain_bytes)
    width = texts.dtype.itemsize // 4
    if signs is None:
        codes = np.ascontiguousarray(texts).view(np.uint32).reshape(len(texts), width)
        even = np.zeros((len(texts), width + width % 2), dtype=np.uint32)
        even[:, :width] = codes
        return [
            (even[:, place].astype(np.uint64) << np.uint64(32)) | even[:, place + 1]
            for place in range(0, even.shape[1], 2)
        ]
    padded = np.zeros((len(texts), -(-width // 8) * 8), dtype=np.uint8)
    padded[:, : signs.shape[1]] = signs
    return [column.astype(np.uint64) for column in padded.view(">u8").T]


def _ranged(column: Integers | Words | npt.NDArray[np.uint8]) -> _Bits:
    """Count a column from its least value, so that it needs few bits."""
    if not len(column):
        return _Bits(np.zeros(0, dtype=np.uint64), 0)
    least = column.min()
    span = int(column.max()) - int(least)
    return _Bits(column.astype(np.uint64) - np.uint64(int(least) & (2**64 - 1)), span.bit_length())


def _sorted(bits: list[_Bits], count: int) -> tuple[Integers, Flags]:
    """Sort by the leading bits that fit, then sort again what they leave equal."""
    index_width = max(count - 1, 0).bit_length()
    word, rest = _word(bits, 64 - index_width, count)
    word <<= np.uint64(index_width)
    word |= np.arange(count, dtype=np.uint64)
    word.sort()
    places = (word & np.uint64((1 << index_width) - 1)).astype(np.int64)
    word >>= np.uint64(index_width)
    new = np.ones(count, dtype=bool)
    np.not_equal(word[1:], word[:-1], out=new[1:])
    if rest and not new.all():
        _resort(places, new, lambda rows: [_Bits(column.values[rows], column.width) for column in rest])
    return places, new


def _word(bits: list[_Bits], room: int, count: int) -> tuple[Words, list[_Bits]]:
    """Pack as many leading bits as there is room for; give the bits that are left over."""
    word, left = np.zeros(count, dtype=np.uint64), list(bits)
    while left and room:
        column = left.pop(0)
        if column.width > room:
            column, low = column.split(room)
            left.insert(0, low)
        word <<= np.uint64(column.width)
        word |= column.values
        room -= column.width
    return word, left


def _resort(places: Integers, new: Flags, bits_of: Callable[[Integers], list[_Bits]]) -> None:
    """Sort each run of equal rows by further bits, in place."""
    tied = ~new
    tied[:-1] |= ~new[1:]
    where = np.flatnonzero(tied)
    rows = places[where]
    groups = np.cumsum(new[where]).astype(np.uint64) - np.uint64(1)
    bits = [_Bits(groups, int(groups[-1]).bit_length()), *bits_of(rows)]
    inner, inner_new = _sorted([packed for packed in bits if packed.width], len(rows))
    places[where] = rows[inner]
    new[where] = inner_new
