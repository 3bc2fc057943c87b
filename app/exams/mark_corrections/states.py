"""What becomes of a correction."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class CorrectionState(enum.Enum):
    """Proposed by one officer, then confirmed or refused by another."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"

    @property
    def title(self) -> str:
        return {"proposed": "Waits for a second person", "confirmed": "Made", "refused": "Refused"}[
            self.value
        ]


TRANSITIONS: dict[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.PROPOSED: frozenset({CorrectionState.CONFIRMED, CorrectionState.REFUSED}),
    CorrectionState.CONFIRMED: frozenset(),
    CorrectionState.REFUSED: frozenset(),
}


def move(now: CorrectionState, to: CorrectionState) -> CorrectionState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict("This correction was decided before.")
    return to
