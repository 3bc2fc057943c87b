"""What may come of a probation."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class Outcome(enum.Enum):
    """What a review recommends, and what is decided."""

    RETAIN = "retain"
    END = "end"

    @property
    def title(self) -> str:
        return "Keep in service" if self is Outcome.RETAIN else "End the service"


class ReviewState(enum.Enum):
    PROPOSED = "proposed"
    DECIDED = "decided"
    CONCLUDED = "concluded"


TRANSITIONS: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.PROPOSED: frozenset({ReviewState.DECIDED}),
    ReviewState.DECIDED: frozenset({ReviewState.CONCLUDED}),
    ReviewState.CONCLUDED: frozenset(),
}


def move(now: ReviewState, to: ReviewState) -> ReviewState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This probation was {now.value} already.")
    return to
