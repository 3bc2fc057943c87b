"""The states of a request for names."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class RequestState(enum.Enum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"


TRANSITIONS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.ASKED: frozenset({RequestState.ACCEPTED, RequestState.REFUSED}),
    RequestState.ACCEPTED: frozenset(),
    RequestState.REFUSED: frozenset(),
}


def move(now: RequestState, to: RequestState) -> RequestState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This request was {now.value} already.")
    return to
