"""The steps of a request to delete, and of a hold that stops it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from app.platform.errors import Conflict


class DeletionState(enum.Enum):
    """Where a request stands."""

    ASKED = "asked"
    PROPOSED = "proposed"
    APPROVED = "approved"
    CARRIED_OUT = "carried_out"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class HoldState(enum.Enum):
    """Where a hold stands."""

    HELD = "held"
    RELEASE_PROPOSED = "release_proposed"
    RELEASED = "released"


State = TypeVar("State", bound=enum.Enum)

TRANSITIONS: Mapping[enum.Enum, frozenset[enum.Enum]] = MappingProxyType(
    {
        DeletionState.ASKED: frozenset(
            {DeletionState.PROPOSED, DeletionState.REFUSED, DeletionState.TAKEN_BACK}
        ),
        # an auditor who does not agree sends it back to the records officer
        DeletionState.PROPOSED: frozenset(
            {DeletionState.APPROVED, DeletionState.ASKED, DeletionState.TAKEN_BACK}
        ),
        # what comes under a hold between approval and the job goes back to be looked at again
        DeletionState.APPROVED: frozenset({DeletionState.CARRIED_OUT, DeletionState.ASKED}),
        DeletionState.CARRIED_OUT: frozenset(),
        DeletionState.REFUSED: frozenset(),
        DeletionState.TAKEN_BACK: frozenset(),
        HoldState.HELD: frozenset({HoldState.RELEASE_PROPOSED}),
        HoldState.RELEASE_PROPOSED: frozenset({HoldState.RELEASED, HoldState.HELD}),
        HoldState.RELEASED: frozenset(),
    }
)
OPEN = (DeletionState.ASKED, DeletionState.PROPOSED, DeletionState.APPROVED)


def move(current: State, to: State) -> State:
    """Give `to` when it may follow the current state, or raise Conflict."""
    if to not in TRANSITIONS[current]:
        raise Conflict("Someone else dealt with this meanwhile. Reload the page to see where it stands.")
    return to
