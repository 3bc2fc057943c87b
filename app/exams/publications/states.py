"""The states of a publication: letters held, sent, or undone before they left."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class PublicationState(enum.Enum):
    HELD = "held"
    SENT = "sent"
    UNDONE = "undone"


TRANSITIONS: dict[PublicationState, frozenset[PublicationState]] = {
    PublicationState.HELD: frozenset({PublicationState.SENT, PublicationState.UNDONE}),
    PublicationState.SENT: frozenset(),
    PublicationState.UNDONE: frozenset(),
}


def move(now: PublicationState, to: PublicationState) -> PublicationState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        if now is PublicationState.SENT:
            raise Conflict("The letters have left. A list is corrected from now on, by a new version.")
        raise Conflict("This publication was undone.")
    return to
