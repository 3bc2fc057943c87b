"""What an interruption of intake may become, and how it came to be known."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict
from app.platform.sentences import Sentence, say


class Source(enum.Enum):
    """Measured by the system's own proofs, or declared by an officer for what they cannot see."""

    MEASURED = "measured"
    DECLARED = "declared"

    @property
    def title(self) -> str:
        return "Measured" if self is Source.MEASURED else "Declared by an officer"


class InterruptionState(enum.Enum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"

    @property
    def title(self) -> str:
        return {"proposed": "Waiting for a second officer", "confirmed": "Confirmed"}.get(
            self.value, "Refused"
        )


class Cause(enum.Enum):
    """Why the clock-stop rule moves a closing; the public reads it."""

    DOWN_IN_LAST_HOUR = "down_in_last_hour"
    FAULT_IN_LAST_HOUR = "fault_in_last_hour"
    DOWN_IN_LAST_DAY = "down_in_last_day"

    @property
    def title(self) -> Sentence:
        return CAUSES[self]


CAUSES = {
    Cause.DOWN_IN_LAST_HOUR: say("Applications could not be received for some time in the last hour."),
    Cause.FAULT_IN_LAST_HOUR: say("An application failed through a fault of ours in the last hour."),
    Cause.DOWN_IN_LAST_DAY: say("Applications could not be received for 15 minutes or more in the last day."),
}

TRANSITIONS: dict[InterruptionState, frozenset[InterruptionState]] = {
    InterruptionState.PROPOSED: frozenset({InterruptionState.CONFIRMED, InterruptionState.REFUSED}),
    InterruptionState.CONFIRMED: frozenset(),
    InterruptionState.REFUSED: frozenset(),
}


def move(state: InterruptionState, to: InterruptionState) -> InterruptionState:
    """Give the next state, or raise Conflict when the table does not lead there."""
    if to not in TRANSITIONS[state]:
        raise Conflict(f"This interruption is “{state.title.lower()}” and was decided before.")
    return to
