"""How an allegation is looked into, and how that ends."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class Source(enum.Enum):
    """Where an allegation comes from."""

    SUPERVISOR = "supervisor"
    COLLEAGUE = "colleague"
    PUBLIC = "public"
    AUDIT = "audit"
    ANONYMOUS = "anonymous"
    OTHER = "other"

    @property
    def title(self) -> str:
        return {
            Source.SUPERVISOR: "The supervisor",
            Source.COLLEAGUE: "A colleague",
            Source.PUBLIC: "A member of the public",
            Source.AUDIT: "An audit or a check",
            Source.ANONYMOUS: "Somebody who gave no name",
            Source.OTHER: "Another office",
        }[self]


class AllegationState(enum.Enum):
    RECEIVED = "received"
    INVESTIGATED = "investigated"
    REPORTED = "reported"
    CLOSED = "closed"
    LED_TO_CASE = "led_to_case"

    @property
    def title(self) -> str:
        return {
            AllegationState.RECEIVED: "Received",
            AllegationState.INVESTIGATED: "Being investigated",
            AllegationState.REPORTED: "Findings handed in",
            AllegationState.CLOSED: "Closed without action",
            AllegationState.LED_TO_CASE: "Led to a case",
        }[self]


TRANSITIONS: dict[AllegationState, frozenset[AllegationState]] = {
    AllegationState.RECEIVED: frozenset({AllegationState.INVESTIGATED, AllegationState.CLOSED}),
    AllegationState.INVESTIGATED: frozenset(
        {AllegationState.INVESTIGATED, AllegationState.REPORTED, AllegationState.CLOSED}
    ),
    AllegationState.REPORTED: frozenset({AllegationState.CLOSED, AllegationState.LED_TO_CASE}),
    AllegationState.CLOSED: frozenset(),
    AllegationState.LED_TO_CASE: frozenset(),
}


def move(now: AllegationState, to: AllegationState) -> AllegationState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This allegation stands at “{now.title.lower()}”, so that is not possible now.")
    return to
