"""What becomes of a proposed reclassification."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ReclassificationState(enum.Enum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    EFFECTED = "effected"

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = {
    ReclassificationState.PROPOSED: "Waits for approval",
    ReclassificationState.APPROVED: "Approved, not yet in effect",
    ReclassificationState.REFUSED: "Refused",
    ReclassificationState.CANCELLED: "Cancelled",
    ReclassificationState.EFFECTED: "In effect",
}
TRANSITIONS: dict[ReclassificationState, frozenset[ReclassificationState]] = {
    ReclassificationState.PROPOSED: frozenset(
        {ReclassificationState.APPROVED, ReclassificationState.REFUSED, ReclassificationState.CANCELLED}
    ),
    ReclassificationState.APPROVED: frozenset(
        {ReclassificationState.EFFECTED, ReclassificationState.CANCELLED}
    ),
    ReclassificationState.REFUSED: frozenset(),
    ReclassificationState.CANCELLED: frozenset(),
    ReclassificationState.EFFECTED: frozenset(),
}


def move(now: ReclassificationState, to: ReclassificationState) -> ReclassificationState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This reclassification cannot be {to.value}: {now.title.lower()}.")
    return to
