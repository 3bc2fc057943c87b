"""The five axes on which an application stands, and the moves that each of them allows."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from app.platform.errors import Conflict


class Submission(enum.Enum):
    """Where the application is in the applicant's own hands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Screening(enum.Enum):
    """Whether the applicant meets what the posting asks for."""

    PENDING = "pending"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"


class Assessment(enum.Enum):
    """How far the examination has come for this applicant."""

    NONE = "none"
    REGISTERED = "registered"
    PRESENT = "present"
    ABSENT = "absent"
    SCORED = "scored"


class Standing(enum.Enum):
    """Where the published merit list leaves the applicant."""

    NONE = "none"
    PASSED = "passed"
    FAILED = "failed"


class Placement(enum.Enum):
    """What came of the applicant on a certificate."""

    NONE = "none"
    CERTIFIED = "certified"
    SELECTED = "selected"
    DECLINED = "declined"
    PASSED_OVER = "passed_over"
    APPOINTED = "appointed"


class ClaimState(enum.Enum):
    """What an officer found of a claim to preference."""

    CLAIMED = "claimed"
    VERIFIED = "verified"
    REFUSED = "refused"


State = TypeVar("State", bound=enum.Enum)

# Each axis: from a state to those that may follow it. Corrections are moves of their own.
TRANSITIONS: Mapping[enum.Enum, frozenset[enum.Enum]] = MappingProxyType(
    {
        Submission.DRAFT: frozenset({Submission.SUBMITTED, Submission.WITHDRAWN}),
        Submission.SUBMITTED: frozenset({Submission.WITHDRAWN}),
        # only a draft that was never submitted is taken up again; rules.may_resume looks at that
        Submission.WITHDRAWN: frozenset({Submission.DRAFT}),
        Screening.PENDING: frozenset({Screening.ELIGIBLE, Screening.INELIGIBLE}),
        Screening.ELIGIBLE: frozenset({Screening.INELIGIBLE}),
        Screening.INELIGIBLE: frozenset({Screening.ELIGIBLE}),
        Assessment.NONE: frozenset({Assessment.REGISTERED}),
        Assessment.REGISTERED: frozenset({Assessment.PRESENT, Assessment.ABSENT, Assessment.NONE}),
        Assessment.PRESENT: frozenset({Assessment.SCORED, Assessment.ABSENT}),
        Assessment.ABSENT: frozenset({Assessment.PRESENT}),
        Assessment.SCORED: frozenset({Assessment.PRESENT}),
        Standing.NONE: frozenset({Standing.PASSED, Standing.FAILED}),
        Standing.PASSED: frozenset({Standing.FAILED, Standing.NONE}),
        Standing.FAILED: frozenset({Standing.PASSED, Standing.NONE}),
        Placement.NONE: frozenset({Placement.CERTIFIED}),
        Placement.CERTIFIED: frozenset(
            {Placement.SELECTED, Placement.DECLINED, Placement.PASSED_OVER, Placement.NONE}
        ),
        Placement.SELECTED: frozenset({Placement.APPOINTED, Placement.DECLINED}),
        Placement.DECLINED: frozenset({Placement.CERTIFIED, Placement.NONE}),
        Placement.PASSED_OVER: frozenset({Placement.CERTIFIED, Placement.NONE}),
        Placement.APPOINTED: frozenset(),
        ClaimState.CLAIMED: frozenset({ClaimState.VERIFIED, ClaimState.REFUSED}),
        ClaimState.VERIFIED: frozenset({ClaimState.REFUSED}),
        ClaimState.REFUSED: frozenset({ClaimState.VERIFIED}),
    }
)


def move(current: State, to: State) -> State:
    """Give `to` when it may follow the current state, or raise Conflict."""
    if to not in TRANSITIONS[current]:
        axis = type(current).__name__.lower()
        raise Conflict(f"The {axis} of this application is {_words(current)}; it cannot become {_words(to)}.")
    return to


def _words(state: enum.Enum) -> str:
    return str(state.value).replace("_", " ")
