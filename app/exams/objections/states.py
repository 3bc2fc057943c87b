"""What an objection claims, and what may become of it."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict
from app.platform.sentences import Sentence, say


class Claim(enum.Enum):
    """What is wrong with an item, by the one who objects."""

    OTHER_ANSWER = "other_answer"
    SEVERAL_ANSWERS = "several_answers"
    NO_ANSWER = "no_answer"
    WORDING = "wording"

    @property
    def title(self) -> Sentence:
        return CLAIMS[self]


class ObjectionState(enum.Enum):
    """Filed, then upheld or rejected with every other objection to the item, by a decision of two people."""

    FILED = "filed"
    WITHDRAWN = "withdrawn"
    UPHELD = "upheld"
    REJECTED = "rejected"

    @property
    def title(self) -> Sentence:
        return TITLES[self]


CLAIMS = {
    Claim.OTHER_ANSWER: say("Another answer is right"),
    Claim.SEVERAL_ANSWERS: say("More than one answer is right"),
    Claim.NO_ANSWER: say("No answer is right"),
    Claim.WORDING: say("The question was unclear, wrongly printed or wrongly translated"),
}
TITLES = {
    ObjectionState.FILED: say("Waiting for a decision"),
    ObjectionState.WITHDRAWN: say("Withdrawn"),
    ObjectionState.UPHELD: say("Upheld: the key changes"),
    ObjectionState.REJECTED: say("Rejected: the key stays"),
}
TRANSITIONS: dict[ObjectionState, frozenset[ObjectionState]] = {
    ObjectionState.FILED: frozenset(
        {ObjectionState.WITHDRAWN, ObjectionState.UPHELD, ObjectionState.REJECTED}
    ),
    ObjectionState.WITHDRAWN: frozenset({ObjectionState.FILED}),
    ObjectionState.UPHELD: frozenset(),
    ObjectionState.REJECTED: frozenset(),
}


def move(now: ObjectionState, to: ObjectionState) -> ObjectionState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(say("This objection was decided or withdrawn before."))
    return to
