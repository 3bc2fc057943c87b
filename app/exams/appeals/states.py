"""What may be appealed against, and what may become of an appeal."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict
from app.platform.sentences import Sentence, say


class Subject(enum.Enum):
    ELIGIBILITY = "eligibility"
    RESULT = "result"

    @property
    def title(self) -> Sentence:
        return SUBJECTS[self]


class AppealState(enum.Enum):
    FILED = "filed"
    WITHDRAWN = "withdrawn"
    UPHELD = "upheld"
    DISMISSED = "dismissed"

    @property
    def title(self) -> Sentence:
        return TITLES[self]


SUBJECTS = {
    Subject.ELIGIBILITY: say("The decision that you are not eligible"),
    Subject.RESULT: say("Your result"),
}
TITLES = {
    AppealState.FILED: say("Waiting for a decision"),
    AppealState.WITHDRAWN: say("Withdrawn"),
    AppealState.UPHELD: say("Upheld"),
    AppealState.DISMISSED: say("Dismissed"),
}
TRANSITIONS: dict[AppealState, frozenset[AppealState]] = {
    AppealState.FILED: frozenset({AppealState.WITHDRAWN, AppealState.UPHELD, AppealState.DISMISSED}),
    AppealState.WITHDRAWN: frozenset(),
    AppealState.UPHELD: frozenset(),
    AppealState.DISMISSED: frozenset(),
}


def move(now: AppealState, to: AppealState) -> AppealState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(say("This appeal was decided or withdrawn before."))
    return to
