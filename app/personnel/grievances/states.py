"""What a grievance is about, where it stands, and how it may end."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class Matter(enum.Enum):
    """What a grievance is about, for lists and figures."""

    WORKING_TIME = "working_time"
    PAY = "pay"
    LEAVE = "leave"
    ASSESSMENT = "assessment"
    DISCIPLINE = "discipline"
    SAFETY = "safety"
    TREATMENT = "treatment"
    OTHER = "other"

    @property
    def title(self) -> str:
        return MATTERS[self]


MATTERS = {
    Matter.WORKING_TIME: "Working time and shifts",
    Matter.PAY: "Pay and allowances",
    Matter.LEAVE: "Leave",
    Matter.ASSESSMENT: "Assessment of performance",
    Matter.DISCIPLINE: "Discipline",
    Matter.SAFETY: "Health and safety",
    Matter.TREATMENT: "How I am treated",
    Matter.OTHER: "Something else",
}


class GrievanceState(enum.Enum):
    AT_STEP = "at_step"  # waits for an answer
    ANSWERED = "answered"  # waits for the grievant: accept, or go on
    OUTSIDE = "outside"  # before an arbitrator or a board
    REMEDY = "remedy"  # decided; what was promised is not done yet
    CLOSED = "closed"

    @property
    def title(self) -> str:
        return STATES[self]

    @property
    def is_disputed(self) -> bool:
        """Tell whether the grievance may still be decided, settled or withdrawn."""
        return self in (GrievanceState.AT_STEP, GrievanceState.ANSWERED, GrievanceState.OUTSIDE)


STATES = {
    GrievanceState.AT_STEP: "Waits for an answer",
    GrievanceState.ANSWERED: "Waits for the grievant",
    GrievanceState.OUTSIDE: "Decided outside",
    GrievanceState.REMEDY: "Remedy to be carried out",
    GrievanceState.CLOSED: "Closed",
}
_ENDS = frozenset({GrievanceState.REMEDY, GrievanceState.CLOSED})
TRANSITIONS: dict[GrievanceState, frozenset[GrievanceState]] = {
    GrievanceState.AT_STEP: frozenset({GrievanceState.AT_STEP, GrievanceState.ANSWERED, *_ENDS}),
    GrievanceState.ANSWERED: frozenset({GrievanceState.AT_STEP, GrievanceState.OUTSIDE, *_ENDS}),
    GrievanceState.OUTSIDE: _ENDS,
    GrievanceState.REMEDY: frozenset({GrievanceState.CLOSED}),
    GrievanceState.CLOSED: frozenset(),
}


def move(now: GrievanceState, to: GrievanceState) -> GrievanceState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This is not possible now. The grievance stands at: {now.title.lower()}.")
    return to


class Ending(enum.Enum):
    ACCEPTED = "accepted"
    DECIDED = "decided"
    SETTLED = "settled"
    AWARD = "award"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"

    @property
    def title(self) -> str:
        return ENDINGS[self]


ENDINGS = {
    Ending.ACCEPTED: "Answer accepted",
    Ending.DECIDED: "Decided at the last step",
    Ending.SETTLED: "Settled",
    Ending.AWARD: "Decided outside",
    Ending.WITHDRAWN: "Withdrawn",
    Ending.LAPSED: "Not taken further in time",
}


class StepState(enum.Enum):
    OPEN = "open"
    ANSWERED = "answered"
    MISSED = "missed"  # nobody answered in time
    ENDED = "ended"  # the grievance ended before an answer


class Outcome(enum.Enum):
    GRANTED = "granted"
    PARTLY = "partly"
    DENIED = "denied"

    @property
    def title(self) -> str:
        return {"granted": "Granted", "partly": "Granted in part", "denied": "Denied"}[self.value]


class AgreementKind(enum.Enum):
    EXTENSION = "extension"
    SETTLEMENT = "settlement"

    @property
    def title(self) -> str:
        return "More time" if self is AgreementKind.EXTENSION else "Settlement"


class Side(enum.Enum):
    GRIEVANT = "grievant"
    OFFICE = "office"


class AgreementState(enum.Enum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
