"""The states of a role grant."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class GrantState(enum.Enum):
    """A sensitive role begins as a proposal; any other is active at once."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"


TRANSITIONS: dict[GrantState, frozenset[GrantState]] = {
    GrantState.PROPOSED: frozenset({GrantState.ACTIVE, GrantState.REFUSED}),
    GrantState.ACTIVE: frozenset({GrantState.ENDED}),
    GrantState.REFUSED: frozenset(),
    GrantState.ENDED: frozenset(),
}
_WORDS = {
    GrantState.PROPOSED: "still waits for a decision",
    GrantState.ACTIVE: "is already in force",
    GrantState.REFUSED: "was refused",
    GrantState.ENDED: "has ended",
}


def move(state: GrantState, to: GrantState) -> GrantState:
    """Give `to` when the table allows the step, else raise Conflict."""
    if to not in TRANSITIONS[state]:
        raise Conflict(f"This role {_WORDS[state]}. Reload the page to see how it stands now.")
    return to
