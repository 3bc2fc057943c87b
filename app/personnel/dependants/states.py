"""Who may be a dependant, and how far the office has come with the proof."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class Relation(enum.Enum):
    SPOUSE = "spouse"
    CHILD = "child"
    STEPCHILD = "stepchild"
    FOSTER_CHILD = "foster_child"

    @property
    def title(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def is_child(self) -> bool:
        """Tell whether coverage ends with an age."""
        return self is not Relation.SPOUSE


class DependantState(enum.Enum):
    CLAIMED = "claimed"
    VERIFIED = "verified"
    REFUSED = "refused"
    ENDED = "ended"

    @property
    def title(self) -> str:
        return {"claimed": "Waits for the office"}.get(self.value, self.value.capitalize())


TRANSITIONS: dict[DependantState, frozenset[DependantState]] = {
    DependantState.CLAIMED: frozenset(
        {DependantState.VERIFIED, DependantState.REFUSED, DependantState.ENDED}
    ),
    DependantState.VERIFIED: frozenset({DependantState.ENDED}),
    DependantState.REFUSED: frozenset(),
    DependantState.ENDED: frozenset(),
}


def move(now: DependantState, to: DependantState) -> DependantState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This dependant is {now.value} already.")
    return to
