"""How an attendance was marked, and what became of a doubt."""

from __future__ import annotations

import enum


class Way(enum.Enum):
    """How somebody was marked."""

    SCAN = "scan"
    TYPED = "typed"
    LIST = "list"
    FILE = "file"
    CORRECTION = "correction"
    RESIT = "resit"


class DoubtState(enum.Enum):
    """A doubt about an identity stands until an officer settles it with a finding."""

    OPEN = "open"
    CLEARED = "cleared"
    CONFIRMED = "confirmed"
