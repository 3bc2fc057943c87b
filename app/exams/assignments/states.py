"""What becomes of an assignment, and why a rater does not rate somebody."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class Turn(enum.Enum):
    """Among the first raters, or called in because these disagree."""

    FIRST = "first"
    FURTHER = "further"


class AssignmentState(enum.Enum):
    """Open until the rater submits; recused and withdrawn ratings are kept and count nowhere."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RECUSED = "recused"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:
        return TITLES[self]


class Basis(enum.Enum):
    """Why a rater does not rate somebody; officers see it, raters do not."""

    NAMED = "named"
    RECOGNISED = "recognised"
    SURNAME_AND_ADDRESS = "surname_and_address"
    EMPLOYER = "employer"
    COMPLAINT = "complaint"
    OFFICER = "officer"

    @property
    def title(self) -> str:
        return BASES[self]


LIVE = (AssignmentState.OPEN, AssignmentState.SUBMITTED)
TITLES = {
    AssignmentState.OPEN: "Not submitted",
    AssignmentState.SUBMITTED: "Submitted",
    AssignmentState.RECUSED: "Recused",
    AssignmentState.WITHDRAWN: "Withdrawn",
}
BASES = {
    Basis.NAMED: "Named by the rater",
    Basis.RECOGNISED: "Recognised by the rater",
    Basis.SURNAME_AND_ADDRESS: "Same surname and address",
    Basis.EMPLOYER: "Same employer",
    Basis.COMPLAINT: "An earlier complaint or case between them",
    Basis.OFFICER: "Set down by an officer",
}
TRANSITIONS: dict[AssignmentState, frozenset[AssignmentState]] = {
    AssignmentState.OPEN: frozenset(
        {AssignmentState.SUBMITTED, AssignmentState.RECUSED, AssignmentState.WITHDRAWN}
    ),
    AssignmentState.SUBMITTED: frozenset({AssignmentState.OPEN, AssignmentState.RECUSED}),
    AssignmentState.RECUSED: frozenset(),
    AssignmentState.WITHDRAWN: frozenset({AssignmentState.OPEN}),
}


def move(now: AssignmentState, to: AssignmentState) -> AssignmentState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This rating cannot be changed: it is “{now.title.lower()}”.")
    return to
