"""What kinds of flexible work there are, and where a request stands."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class Kind(enum.Enum):
    TELEWORK = "telework"
    COMPRESSED = "compressed"
    PART_TIME = "part_time"

    @property
    def title(self) -> str:
        return {"telework": "Telework", "compressed": "Compressed schedule", "part_time": "Part time"}[
            self.value
        ]


class WorkState(enum.Enum):
    REQUESTED = "requested"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    GRANTED = "granted"
    ENDED = "ended"

    @property
    def title(self) -> str:
        return TITLES[self]

    @property
    def colour(self) -> str:
        return {"requested": "yellow", "refused": "red", "granted": "green"}.get(self.value, "grey")


TITLES = {
    WorkState.REQUESTED: "Waits for a decision",
    WorkState.WITHDRAWN: "Withdrawn",
    WorkState.REFUSED: "Refused",
    WorkState.GRANTED: "Agreed",
    WorkState.ENDED: "Ended",
}
TRANSITIONS: dict[WorkState, frozenset[WorkState]] = {
    WorkState.REQUESTED: frozenset({WorkState.WITHDRAWN, WorkState.REFUSED, WorkState.GRANTED}),
    WorkState.GRANTED: frozenset({WorkState.ENDED}),
    WorkState.WITHDRAWN: frozenset(),
    WorkState.REFUSED: frozenset(),
    WorkState.ENDED: frozenset(),
}


def move(now: WorkState, to: WorkState) -> WorkState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"The request cannot be changed so any more: {TITLES[now].lower()}.")
    return to
