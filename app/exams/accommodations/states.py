"""What may be asked for, and the states of a request."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict
from app.platform.sentences import Sentence, say


class Need(enum.Enum):
    """What a candidate may need."""

    EXTRA_TIME = "extra_time"
    ACCESSIBLE_SEAT = "accessible_seat"
    READER = "reader"
    OWN_ROOM = "own_room"

    @property
    def title(self) -> Sentence:
        return NEEDS[self]


class RequestState(enum.Enum):
    """A request waits until an officer decides; the candidate may take it back before."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> Sentence:
        return STATES[self]


NEEDS = {
    Need.EXTRA_TIME: say("More time"),
    Need.ACCESSIBLE_SEAT: say("A seat that is reached without a step"),
    Need.READER: say("Somebody who reads the questions to me"),
    Need.OWN_ROOM: say("A room of my own"),
}
STATES = {
    RequestState.REQUESTED: say("Waiting for a decision"),
    RequestState.GRANTED: say("Granted"),
    RequestState.REFUSED: say("Refused"),
    RequestState.WITHDRAWN: say("Withdrawn"),
}
TRANSITIONS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.REQUESTED: frozenset(
        {RequestState.REQUESTED, RequestState.GRANTED, RequestState.REFUSED, RequestState.WITHDRAWN}
    ),
    RequestState.WITHDRAWN: frozenset({RequestState.REQUESTED}),
    # a decision is corrected with a reason, as long as the seat can follow it
    RequestState.GRANTED: frozenset({RequestState.REFUSED, RequestState.GRANTED}),
    RequestState.REFUSED: frozenset({RequestState.GRANTED, RequestState.REQUESTED}),
}


def move(now: RequestState, to: RequestState) -> RequestState:
    """Give `to` when it may follow, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(say("This request was decided in the meantime. Open the page again."))
    return to
