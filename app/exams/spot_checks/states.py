"""The states of a drawn sample, and what came of each sheet in it."""

from __future__ import annotations

import enum


class CheckState(enum.Enum):
    """Open until every sheet was read and every difference settled; replaced when the answers changed."""

    OPEN = "open"
    PASSED = "passed"
    REPLACED = "replaced"


class SheetOutcome(enum.Enum):
    """What a second reading found; a difference is settled by another person with a reason."""

    WAITING = "waiting"
    SAME = "same"
    DIFFERENT = "different"
    SETTLED = "settled"
