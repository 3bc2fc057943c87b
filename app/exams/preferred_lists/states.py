"""How somebody stands on a preferred list."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class PreferredState(enum.Enum):
    """`offered`: a position was offered, and the answer is not recorded yet."""

    STANDING = "standing"
    OFFERED = "offered"
    REINSTATED = "reinstated"
    DECLINED = "declined"
    NO_REPLY = "no_reply"
    EXPIRED = "expired"

    @property
    def title(self) -> str:
        return TITLES[self]


TITLES = {
    PreferredState.STANDING: "On the list",
    PreferredState.OFFERED: "Offered a position",
    PreferredState.REINSTATED: "Back in service",
    PreferredState.DECLINED: "Declined, off the list",
    PreferredState.NO_REPLY: "Did not reply, off the list",
    PreferredState.EXPIRED: "Time on the list is over",
}
# Who comes before every other name.
FIRST = (PreferredState.STANDING, PreferredState.OFFERED)
ANSWERS = (PreferredState.REINSTATED, PreferredState.DECLINED, PreferredState.NO_REPLY)
TRANSITIONS: dict[PreferredState, frozenset[PreferredState]] = {
    # who came back by another way needs no offer
    PreferredState.STANDING: frozenset(
        {PreferredState.OFFERED, PreferredState.REINSTATED, PreferredState.EXPIRED}
    ),
    PreferredState.OFFERED: frozenset({*ANSWERS, PreferredState.EXPIRED}),
    **{state: frozenset() for state in (*ANSWERS, PreferredState.EXPIRED)},
}


def move(now: PreferredState, to: PreferredState) -> PreferredState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This cannot be done any more: {now.title.lower()}.")
    return to
