"""What becomes of a script."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ScriptState(enum.Enum):
    """Waiting for ratings, marked, or without a mark because its candidate was not there."""

    OPEN = "open"
    MARKED = "marked"
    ABSENT = "absent"

    @property
    def title(self) -> str:
        return {"open": "Waits for ratings", "marked": "Marked", "absent": "Not there"}[self.value]


TRANSITIONS: dict[ScriptState, frozenset[ScriptState]] = {
    ScriptState.OPEN: frozenset({ScriptState.MARKED, ScriptState.ABSENT}),
    ScriptState.MARKED: frozenset({ScriptState.OPEN, ScriptState.MARKED}),
    ScriptState.ABSENT: frozenset({ScriptState.OPEN}),
}


def move(now: ScriptState, to: ScriptState) -> ScriptState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This cannot be done now: the script is “{now.title.lower()}”.")
    return to
