"""What becomes of a proposed correction of a ledger."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class AdjustmentState(enum.Enum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = {
    AdjustmentState.PROPOSED: "Waits for a second person",
    AdjustmentState.APPROVED: "Approved",
    AdjustmentState.REFUSED: "Refused",
}
TRANSITIONS: dict[AdjustmentState, frozenset[AdjustmentState]] = {
    AdjustmentState.PROPOSED: frozenset({AdjustmentState.APPROVED, AdjustmentState.REFUSED}),
    AdjustmentState.APPROVED: frozenset(),
    AdjustmentState.REFUSED: frozenset(),
}


def move(now: AdjustmentState, to: AdjustmentState) -> AdjustmentState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict("This correction was decided already.")
    return to
