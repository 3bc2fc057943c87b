"""What becomes of an opportunity to show acceptable performance."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ImprovementState(enum.Enum):
    OPEN = "open"
    ASSESSED = "assessed"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"

    @property
    def title(self) -> str:
        return {
            "open": "Running",
            "assessed": "Waits for the decision",
            "concluded": "Concluded",
            "cancelled": "Cancelled",
        }[self.value]


class Outcome(enum.Enum):
    ACCEPTABLE = "acceptable"
    UNACCEPTABLE = "unacceptable"

    @property
    def title(self) -> str:
        return "Acceptable" if self is Outcome.ACCEPTABLE else "Unacceptable"


TRANSITIONS: dict[ImprovementState, frozenset[ImprovementState]] = {
    ImprovementState.OPEN: frozenset({ImprovementState.ASSESSED, ImprovementState.CANCELLED}),
    ImprovementState.ASSESSED: frozenset(
        {ImprovementState.OPEN, ImprovementState.CONCLUDED, ImprovementState.CANCELLED}
    ),
    ImprovementState.CONCLUDED: frozenset(),
    ImprovementState.CANCELLED: frozenset(),
}
LIVE = frozenset({ImprovementState.OPEN, ImprovementState.ASSESSED})


def move(now: ImprovementState, to: ImprovementState) -> ImprovementState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"The state of this improvement plan is “{now.title}”, so this cannot be done.")
    return to
