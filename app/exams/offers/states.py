"""What may become of an offer."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict
from app.platform.sentences import Sentence, say


class OfferState(enum.Enum):
    MADE = "made"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> Sentence:
        return TITLES[self]


TITLES = {
    OfferState.MADE: say("Waiting for your answer"),
    OfferState.ACCEPTED: say("Accepted"),
    OfferState.DECLINED: say("Declined"),
    OfferState.LAPSED: say("Not answered in time"),
    OfferState.WITHDRAWN: say("Taken back by the office"),
}
TRANSITIONS: dict[OfferState, frozenset[OfferState]] = {
    OfferState.MADE: frozenset(OfferState) - {OfferState.MADE},
    OfferState.ACCEPTED: frozenset({OfferState.WITHDRAWN}),
    OfferState.DECLINED: frozenset(),
    OfferState.LAPSED: frozenset(),
    OfferState.WITHDRAWN: frozenset(),
}


def move(now: OfferState, to: OfferState) -> OfferState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(say("This offer was answered or ended before."))
    return to
