"""What becomes of a request for leave."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class RequestState(enum.Enum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    REPLACED = "replaced"

    @property
    def title(self) -> str:
        return _TITLES[self]

    @property
    def colour(self) -> str:
        return _COLOURS[self]


_TITLES = {
    RequestState.ASKED: "Waits for a decision",
    RequestState.APPROVED: "Approved",
    RequestState.REFUSED: "Refused",
    RequestState.WITHDRAWN: "Withdrawn",
    RequestState.CANCELLED: "Cancelled",
    RequestState.REPLACED: "Changed by a later request",
}
_COLOURS = {
    RequestState.ASKED: "yellow",
    RequestState.APPROVED: "green",
    RequestState.REFUSED: "red",
} | dict.fromkeys((RequestState.WITHDRAWN, RequestState.CANCELLED, RequestState.REPLACED), "grey")

TRANSITIONS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.ASKED: frozenset({RequestState.APPROVED, RequestState.REFUSED, RequestState.WITHDRAWN}),
    RequestState.APPROVED: frozenset({RequestState.CANCELLED, RequestState.REPLACED}),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
    RequestState.CANCELLED: frozenset(),
    RequestState.REPLACED: frozenset(),
}
LIVE = (RequestState.ASKED, RequestState.APPROVED)


def move(now: RequestState, to: RequestState) -> RequestState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This request is not open to that: {now.title.lower()}.")
    return to
