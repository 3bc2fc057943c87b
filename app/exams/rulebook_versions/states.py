"""The states of a rulebook that an agency brought."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class RulebookState(enum.Enum):
    """Proposed until a second person decides; a withdrawn one is offered no longer, sealed plans keep it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[RulebookState, frozenset[RulebookState]] = {
    RulebookState.PROPOSED: frozenset({RulebookState.APPROVED, RulebookState.REFUSED}),
    RulebookState.APPROVED: frozenset({RulebookState.WITHDRAWN}),
    RulebookState.REFUSED: frozenset(),
    RulebookState.WITHDRAWN: frozenset(),
}


def move(now: RulebookState, to: RulebookState) -> RulebookState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This rulebook is {now.value} and cannot become {to.value}.")
    return to
