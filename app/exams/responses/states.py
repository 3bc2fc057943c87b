"""The states of a response import, of a check before it, and what may be doubtful about a mark."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

from app.platform.errors import Conflict


class ImportState(enum.Enum):
    """An import is in force until another file replaces it; then it is kept, superseded."""

    CURRENT = "current"
    SUPERSEDED = "superseded"


class CheckState(enum.Enum):
    """A file is received, then read; one without a fault can be confirmed and is then imported."""

    RECEIVED = "received"
    FAULTY = "faulty"
    CLEAN = "clean"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    REFUSED = "refused"


class Doubt(enum.Enum):
    """Why a mark has to be looked at: the scanner saw several or a faint one, or two readings differ."""

    SEVERAL = "several"
    FAINT = "faint"
    UNREADABLE = "unreadable"
    DIFFERS = "differs"


TRANSITIONS: Mapping[CheckState, frozenset[CheckState]] = MappingProxyType(
    {
        CheckState.RECEIVED: frozenset({CheckState.FAULTY, CheckState.CLEAN}),
        CheckState.FAULTY: frozenset(),
        CheckState.CLEAN: frozenset({CheckState.CONFIRMED, CheckState.IMPORTED}),
        CheckState.CONFIRMED: frozenset({CheckState.IMPORTED, CheckState.REFUSED}),
        CheckState.IMPORTED: frozenset(),
        CheckState.REFUSED: frozenset(),
    }
)


def move(state: CheckState, to: CheckState) -> CheckState:
    """Give the next state, or raise Conflict when the check cannot go there."""
    if to not in TRANSITIONS[state]:
        raise Conflict(f"The check of this file is {state.value} already, so it cannot become {to.value}.")
    return to
