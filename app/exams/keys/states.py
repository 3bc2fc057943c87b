"""The states of a key version."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class KeyState(enum.Enum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


TRANSITIONS: dict[KeyState, frozenset[KeyState]] = {
    KeyState.PROPOSED: frozenset({KeyState.APPROVED, KeyState.REFUSED}),
    KeyState.APPROVED: frozenset(),
    KeyState.REFUSED: frozenset(),
}


def move(now: KeyState, to: KeyState) -> KeyState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This key version was already {now.value}.")
    return to
