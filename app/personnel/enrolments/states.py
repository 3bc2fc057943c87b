"""Where a choice of benefits comes from, and where a window stands."""

from __future__ import annotations

import enum


class Source(enum.Enum):
    """What let a choice be made."""

    WINDOW = "window"
    NEW_HIRE = "new_hire"
    LIFE_EVENT = "life_event"
    DEFAULT = "default"
    CORRECTION = "correction"

    @property
    def title(self) -> str:
        return SOURCE_TITLES[self]


SOURCE_TITLES = {
    Source.WINDOW: "Open season",
    Source.NEW_HIRE: "First enrolment",
    Source.LIFE_EVENT: "Life event",
    Source.DEFAULT: "Default: nothing was chosen",
    Source.CORRECTION: "Correction by the office",
}


class Phase(enum.Enum):
    """Where a window stands at a moment; the clock moves it."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def title(self) -> str:
        return self.value.capitalize()
