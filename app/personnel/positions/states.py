"""The states of a position, and the periods that pay is stated for."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class PositionState(enum.Enum):
    ACTIVE = "active"
    ABOLISHED = "abolished"


class PayPeriod(enum.Enum):
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"

    @property
    def title(self) -> str:
        return f"a{'n' if self is PayPeriod.HOUR else ''} {self.value}"


TRANSITIONS = {PositionState.ACTIVE: (PositionState.ABOLISHED,), PositionState.ABOLISHED: ()}


def move(state: PositionState, target: PositionState) -> PositionState:
    """Give the target state, or raise Conflict when it cannot follow."""
    if target not in TRANSITIONS[state]:
        raise Conflict("This position was abolished already.")
    return target
