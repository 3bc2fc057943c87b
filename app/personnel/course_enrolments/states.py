"""Where one person's enrolment in a session stands."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class EnrolmentState(enum.Enum):
    REQUESTED = "requested"
    REFUSED = "refused"
    WAITING = "waiting"
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    ABSENT = "absent"

    @property
    def title(self) -> str:
        return TITLES[self]

    @property
    def colour(self) -> str:
        return _COLOURS.get(self, "grey")


TITLES = {
    EnrolmentState.REQUESTED: "Waits for approval",
    EnrolmentState.REFUSED: "Not approved",
    EnrolmentState.WAITING: "On the waiting list",
    EnrolmentState.ENROLLED: "Has a seat",
    EnrolmentState.WITHDRAWN: "Withdrawn",
    EnrolmentState.LAPSED: "Lapsed: no seat before it began",
    EnrolmentState.CANCELLED: "Session cancelled",
    EnrolmentState.ATTENDED: "Attended",
    EnrolmentState.ABSENT: "Did not come",
}
_COLOURS = {
    EnrolmentState.REQUESTED: "yellow",
    EnrolmentState.REFUSED: "red",
    EnrolmentState.WAITING: "orange",
    EnrolmentState.ENROLLED: "green",
    EnrolmentState.ATTENDED: "blue",
    EnrolmentState.ABSENT: "red",
}
# Somebody who stands here for a session cannot ask for it once more.
LIVE = (
    EnrolmentState.REQUESTED,
    EnrolmentState.WAITING,
    EnrolmentState.ENROLLED,
    EnrolmentState.ATTENDED,
    EnrolmentState.ABSENT,
)
OPEN = (EnrolmentState.REQUESTED, EnrolmentState.WAITING, EnrolmentState.ENROLLED)

_ENDS = frozenset({EnrolmentState.WITHDRAWN, EnrolmentState.LAPSED, EnrolmentState.CANCELLED})
_OVER: frozenset[EnrolmentState] = frozenset()
TRANSITIONS: dict[EnrolmentState, frozenset[EnrolmentState]] = {
    EnrolmentState.REQUESTED: _ENDS
    | {EnrolmentState.REFUSED, EnrolmentState.WAITING, EnrolmentState.ENROLLED},
    EnrolmentState.WAITING: _ENDS | {EnrolmentState.ENROLLED},
    EnrolmentState.ENROLLED: frozenset(
        {
            EnrolmentState.WITHDRAWN,
            EnrolmentState.CANCELLED,
            EnrolmentState.ATTENDED,
            EnrolmentState.ABSENT,
        }
    ),
    EnrolmentState.REFUSED: _OVER,
    EnrolmentState.WITHDRAWN: _OVER,
    EnrolmentState.LAPSED: _OVER,
    EnrolmentState.CANCELLED: _OVER,
    EnrolmentState.ATTENDED: _OVER,
    # Somebody was marked absent by mistake.
    EnrolmentState.ABSENT: frozenset({EnrolmentState.ATTENDED}),
}


class Result(enum.Enum):
    PASSED = "passed"
    FAILED = "failed"

    @property
    def title(self) -> str:
        return "Passed" if self is Result.PASSED else "Not passed"


def move(now: EnrolmentState, to: EnrolmentState) -> EnrolmentState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This enrolment cannot be changed so any more: {TITLES[now].lower()}.")
    return to
