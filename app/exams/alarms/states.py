"""What an alarm may be about, and what became of it."""

from __future__ import annotations

import enum


class Kind(enum.Enum):
    """The ways in which answers, keys and marks are known to go wrong."""

    RANKS = "ranks"
    SLIPPED = "slipped"
    EXCHANGED = "exchanged"
    WRONG_SERIES = "wrong_series"
    PLACEHOLDER = "placeholder"
    OUT_OF_LINE = "out_of_line"
    DUPLICATES = "duplicates"
    MISSING = "missing"


class AlarmState(enum.Enum):
    """An alarm is open until an officer clears it, or until what raised it is no longer so."""

    OPEN = "open"
    CLEARED = "cleared"
    GONE = "gone"
