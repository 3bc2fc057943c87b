"""The steps of a purge."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class PurgeState(enum.Enum):
    """Where a purge stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    CARRIED_OUT = "carried_out"
    SENT_BACK = "sent_back"


TRANSITIONS: dict[PurgeState, frozenset[PurgeState]] = {
    PurgeState.PROPOSED: frozenset({PurgeState.APPROVED, PurgeState.SENT_BACK}),
    # what changed between approval and the job is looked at again
    PurgeState.APPROVED: frozenset({PurgeState.CARRIED_OUT, PurgeState.SENT_BACK}),
    PurgeState.CARRIED_OUT: frozenset(),
    PurgeState.SENT_BACK: frozenset(),
}


def move(current: PurgeState, to: PurgeState) -> PurgeState:
    """Give `to` when it may follow the current state, or raise Conflict."""
    if to not in TRANSITIONS[current]:
        raise Conflict("Someone else dealt with this meanwhile. Reload the page to see where it stands.")
    return to
