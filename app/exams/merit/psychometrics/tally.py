"""One integer histogram, item x option x total, from which every statistic of an item follows."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.exams.merit.errors import InputError
from app.exams.merit.exact import Integers
from app.exams.merit.psychometrics.sheets import BLOCK, Sheets

# Totals that span fewer steps than this are numbered by a look-up table, others by sorting.
SPAN = 1 << 20
# Two gigabytes of counts: 100 items with 8 options and 300,000 distinct totals.
CELLS = 1 << 28
# Two items are counted in one pass while their joint histogram stays in the processor's cache.
PAIRED_CELLS = 1 << 16


@dataclass(frozen=True)
class Tally:
    """How many people of each total gave each answer.

    `counts`, shape (items, options, levels), are people. `levels` are the distinct totals in rising order and
    `marks`, shape (items, options), what an answer earns, both int64 in units of 1/`denominator`.
    """

    item_codes: tuple[str, ...]
    options: tuple[str, ...]
    marks: Integers
    levels: Integers
    counts: Integers
    denominator: int = 1
    multiple: frozenset[str] = frozenset()

    @cached_property
    def at_level(self) -> tuple[int, ...]:
        """Count the people of each total."""
        return tuple(self.counts[0].sum(axis=0).tolist())

    @property
    def people(self) -> int:
        """Count the people."""
        return sum(self.at_level)


def count(sheets: Sheets) -> Tally:
    """Count the answers; refused when there are too many distinct totals to count by."""
    levels, places = numbered(sheets.totals)
    items, options = sheets.marks.shape
    cells = options * len(levels)
    if items * cells > CELLS:
        text = f"{len(levels)} distinct totals are too many to count by; round the totals first."
        raise InputError("answer sheets", text)
    by_pairs = options * cells <= PAIRED_CELLS and options**2 <= 256
    counts = (_in_pairs if by_pairs else _singly)(sheets, places, len(levels))
    return Tally(
        sheets.item_codes,
        sheets.options,
        sheets.marks,
        levels,
        np.ascontiguousarray(counts.transpose(0, 2, 1)),
        sheets.denominator,
        sheets.multiple,
    )


def _singly(sheets: Sheets, places: Integers, levels: int) -> Integers:
    """Count each item by itself; shape (items, levels, options)."""
    items, options = sheets.marks.shape
    counts = np.zeros((items, levels * options), dtype=np.int64)
    for start in range(0, sheets.people, BLOCK):
        base = places[start : start + BLOCK] * options
        cell = np.empty_like(base)
        for position in range(items):
            np.add(base, sheets.answers[position, start : start + BLOCK], out=cell)
            counts[position] += np.bincount(cell, minlength=levels * options)
    return counts.reshape(items, levels, options)


def _in_pairs(sheets: Sheets, places: Integers, levels: int) -> Integers:
    """Count two items in one pass, as total x option x option, and add up either way.

    The last item of an odd number is counted together with itself.
    """
    items, options = sheets.marks.shape
    cells = levels * options**2
    firsts = range(0, items, 2)
    joint = np.zeros((len(firsts), cells), dtype=np.int64)
    for start in range(0, sheets.people, BLOCK):
        base = places[start : start + BLOCK] * options**2
        block = sheets.answers[:, start : start + BLOCK].astype(np.uint8, copy=False)
        cell = np.empty_like(base)
        for row, first in enumerate(firsts):
            pair = block[first] * np.uint8(options)
            pair += block[min(first + 1, items - 1)]
            np.add(base, pair, out=cell)
            joint[row] += np.bincount(cell, minlength=cells)
    shaped = joint.reshape(len(firsts), levels, options, options)
    counts = np.empty((items, levels, options), dtype=np.int64)
    counts[0::2] = shaped.sum(axis=3)
    counts[1::2] = shaped.sum(axis=2)[: items // 2]
    return counts


def numbered(totals: Integers) -> tuple[Integers, Integers]:
    """Give the distinct totals in rising order and the place of each person's total among them."""
    least = int(totals.min())
    span = int(totals.max()) - least + 1
    if span > SPAN:
        levels, places = np.unique(totals, return_inverse=True)
        return levels.astype(np.int64), places.astype(np.int64)
    shifted = totals - least
    present = np.bincount(shifted, minlength=span) > 0
    return np.flatnonzero(present) + least, (np.cumsum(present) - 1)[shifted]
