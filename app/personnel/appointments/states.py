"""The kinds of appointment."""

from __future__ import annotations

import enum

from app.platform.sentences import say


class AppointmentKind(enum.Enum):
    PROBATIONAL = "probational"
    PERMANENT = "permanent"
    PROVISIONAL = "provisional"
    TEMPORARY = "temporary"

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = {
    AppointmentKind.PROBATIONAL: say("Probational"),
    AppointmentKind.PERMANENT: say("Permanent"),
    AppointmentKind.PROVISIONAL: say("Provisional"),
    AppointmentKind.TEMPORARY: say("Temporary"),
}
