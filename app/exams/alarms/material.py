"""What detectors look at: answers, keys, marks and places of an examination, as columns of one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.exams.alarms.states import Kind

Codes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.str_]
Flags = npt.NDArray[np.bool_]
BLANK, SEVERAL = 0, 1


@dataclass(frozen=True)
class Material:
    """The sheets of an examination with all that stands beside them; people are rows.

    `matrix`, shape (people, items), holds codes: 0 a blank, 1 several marks, then the options from 2 on.
    `right`, shape (items, options + 2), says which codes the key accepts; it is None without a key. `parts`
    are the marks of other components, NaN where somebody has none. `groups` name the room or bundle of each
    person and `centres` the centre, "" where none is known. `turns` maps a booklet series to the place of
    the item that is printed at each place; `missing` are the present without a sheet, `unexpected` the
    absent with one.
    """

    numbers: Texts
    codes: tuple[str, ...]
    options: tuple[str, ...]
    matrix: Codes
    right: Flags | None = None
    key: tuple[tuple[str, ...], ...] = ()
    parts: Mapping[str, Floats] = field(default_factory=dict)
    groups: Texts = field(default_factory=lambda: np.empty(0, dtype=np.str_))
    centres: Texts = field(default_factory=lambda: np.empty(0, dtype=np.str_))
    series: Texts = field(default_factory=lambda: np.empty(0, dtype=np.str_))
    turns: Mapping[str, npt.NDArray[np.int64]] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    unexpected: Mapping[str, str] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """Count the people."""
        return len(self.numbers)

    def correct(self) -> Flags | None:
        """Tell for each person and item whether the answer is right, shape (people, items)."""
        if self.right is None:
            return None
        return self.right[np.arange(len(self.codes)), self.matrix]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sign of a mix-up: its kind, what it is about, a sentence, and the figures that show it.

    `evidence` is plain JSON: "columns" and "rows" of a table, "bars" of a picture, "numbers" of candidates.
    """

    kind: Kind
    subject: str
    sentence: str
    evidence: dict[str, object]
