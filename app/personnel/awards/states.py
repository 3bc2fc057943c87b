"""The kinds of awards, and what becomes of a nomination."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class AwardKind(enum.Enum):
    PERFORMANCE = "performance"
    SPECIAL_ACT = "special_act"
    TIME_OFF = "time_off"
    QUALITY_STEP = "quality_step"
    HONOR = "honor"

    @property
    def title(self) -> str:
        return {
            "performance": "Award for a year's performance",
            "special_act": "Award for a special act or service",
            "time_off": "Time off",
            "quality_step": "Quality step increase",
            "honor": "Honor without money",
        }[self.value]


class AwardState(enum.Enum):
    NOMINATED = "nominated"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def title(self) -> str:
        return {"nominated": "Waits for approval", "approved": "Approved", "refused": "Refused"}[self.value]


def move(now: AwardState, to: AwardState) -> AwardState:
    """Give `to` when a nomination still waits, or raise Conflict."""
    if now is not AwardState.NOMINATED:
        raise Conflict(f"This award was {now.value} already.")
    return to
