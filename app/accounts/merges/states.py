"""The life of a merge of two accounts."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class MergeState(enum.Enum):
    PROPOSED = "proposed"
    REFUSED = "refused"
    DONE = "done"
    UNDONE = "undone"


TRANSITIONS: dict[MergeState, frozenset[MergeState]] = {
    MergeState.PROPOSED: frozenset({MergeState.REFUSED, MergeState.DONE}),
    MergeState.DONE: frozenset({MergeState.UNDONE}),
    MergeState.REFUSED: frozenset(),
    MergeState.UNDONE: frozenset(),
}


def move(present: MergeState, wanted: MergeState) -> MergeState:
    """Give the wanted state, or raise Conflict when it cannot follow the present one."""
    if wanted not in TRANSITIONS[present]:
        raise Conflict(f"This merge is already {present.value}.")
    return wanted
