"""How a reserve stands: it lives, it lapsed by the clock, or it ended with the certificate's return."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ReserveState(enum.Enum):
    STANDING = "standing"
    LAPSED = "lapsed"
    ENDED = "ended"

    @property
    def title(self) -> str:
        return TITLES[self]


TITLES = {
    ReserveState.STANDING: "Alive",
    ReserveState.LAPSED: "Lapsed",
    ReserveState.ENDED: "Ended with the certificate",
}
TRANSITIONS: dict[ReserveState, frozenset[ReserveState]] = {
    ReserveState.STANDING: frozenset({ReserveState.LAPSED, ReserveState.ENDED}),
    ReserveState.LAPSED: frozenset(),
    ReserveState.ENDED: frozenset(),
}


def move(now: ReserveState, to: ReserveState) -> ReserveState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict("This reserve has ended.")
    return to
