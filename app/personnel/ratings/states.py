"""What becomes of a rating."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class RatingState(enum.Enum):
    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    ACKNOWLEDGED = "acknowledged"

    @property
    def title(self) -> str:
        return {
            "proposed": "Waits for the reviewer",
            "returned": "Returned to the supervisor",
            "approved": "Rating of record",
            "acknowledged": "Rating of record, acknowledged",
        }[self.value]


TRANSITIONS: dict[RatingState, frozenset[RatingState]] = {
    RatingState.PROPOSED: frozenset({RatingState.RETURNED, RatingState.APPROVED}),
    RatingState.RETURNED: frozenset({RatingState.PROPOSED}),
    RatingState.APPROVED: frozenset({RatingState.ACKNOWLEDGED}),
    RatingState.ACKNOWLEDGED: frozenset(),
}
OF_RECORD = frozenset({RatingState.APPROVED, RatingState.ACKNOWLEDGED})


def move(now: RatingState, to: RatingState) -> RatingState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"The state of this rating is “{now.title}”, so this cannot be done.")
    return to
