"""The states of an extension."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ExtensionState(enum.Enum):
    PROPOSED = "proposed"
    GRANTED = "granted"
    REFUSED = "refused"


TRANSITIONS: dict[ExtensionState, frozenset[ExtensionState]] = {
    ExtensionState.PROPOSED: frozenset({ExtensionState.GRANTED, ExtensionState.REFUSED}),
    ExtensionState.GRANTED: frozenset(),
    ExtensionState.REFUSED: frozenset(),
}


def move(now: ExtensionState, to: ExtensionState) -> ExtensionState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This extension was {now.value} already.")
    return to
