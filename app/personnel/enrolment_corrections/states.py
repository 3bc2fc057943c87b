"""The states of a correction."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class CorrectionState(enum.Enum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def title(self) -> str:
        return {"proposed": "Waits for a decision"}.get(self.value, self.value.capitalize())


def decide(now: CorrectionState, to: CorrectionState) -> CorrectionState:
    """Give `to` for a correction that waits for a decision, or raise Conflict."""
    if now is not CorrectionState.PROPOSED:
        raise Conflict(f"This correction was {now.value} already.")
    return to
