"""Whether a person serves."""

from __future__ import annotations

import enum


class EmployeeState(enum.Enum):
    ACTIVE = "active"
    SEPARATED = "separated"

    @property
    def title(self) -> str:
        return "In service" if self is EmployeeState.ACTIVE else "Separated"
