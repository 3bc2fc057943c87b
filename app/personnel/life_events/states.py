"""How far the office has come with an event that a person reported."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class EventState(enum.Enum):
    REPORTED = "reported"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:
        return {"reported": "Waits for the office"}.get(self.value, self.value.capitalize())


def move(now: EventState, to: EventState) -> EventState:
    """Give `to` for an event on which nobody decided yet, or raise Conflict."""
    if now is not EventState.REPORTED:
        raise Conflict(f"This event was {now.value} already.")
    return to
