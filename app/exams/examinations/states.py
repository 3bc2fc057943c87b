"""The states of an examination and of a candidate's attendance."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ExaminationState(enum.Enum):
    """Planned until answers are stored, held until a list is published, closed from then on."""

    PLANNED = "planned"
    HELD = "held"
    CLOSED = "closed"


class Attendance(enum.Enum):
    """Expected until somebody marks it; the excused could not come for a reason that the office accepted."""

    EXPECTED = "expected"
    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


TRANSITIONS: dict[ExaminationState, frozenset[ExaminationState]] = {
    ExaminationState.PLANNED: frozenset({ExaminationState.HELD}),
    # a correction of the key or of the sheets goes on after publication; the state stays
    ExaminationState.HELD: frozenset({ExaminationState.HELD, ExaminationState.CLOSED}),
    # held again when a publication is undone before its letters leave
    ExaminationState.CLOSED: frozenset({ExaminationState.CLOSED, ExaminationState.HELD}),
}

WORDS = {
    ExaminationState.PLANNED: "planned",
    ExaminationState.HELD: "held",
    ExaminationState.CLOSED: "closed",
}


def move(now: ExaminationState, to: ExaminationState) -> ExaminationState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This examination is {WORDS[now]} and cannot become {WORDS[to]}.")
    return to
