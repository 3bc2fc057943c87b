"""Where a session of a course stands."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class SessionState(enum.Enum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def title(self) -> str:
        return self.value.capitalize()


TRANSITIONS: dict[SessionState, frozenset[SessionState]] = {
    SessionState.PLANNED: frozenset({SessionState.HELD, SessionState.CANCELLED}),
    SessionState.HELD: frozenset(),
    SessionState.CANCELLED: frozenset(),
}


def move(now: SessionState, to: SessionState) -> SessionState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This session was {now.value} already.")
    return to
