"""The kinds of appointment."""

from __future__ import annotations

import enum


class AppointmentKind(enum.Enum):
    PROBATIONAL = "probational"
    PERMANENT = "permanent"
    PROVISIONAL = "provisional"
    TEMPORARY = "temporary"

    @property
    def title(self) -> str:
        return self.value.capitalize()
