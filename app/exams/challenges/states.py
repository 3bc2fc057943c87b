"""What may become of a decision that is proposed on a contested item."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ChallengeState(enum.Enum):
    """Proposed by one person, then confirmed or sent back by another."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


TRANSITIONS: dict[ChallengeState, frozenset[ChallengeState]] = {
    ChallengeState.PROPOSED: frozenset({ChallengeState.CONFIRMED, ChallengeState.RETURNED}),
    ChallengeState.CONFIRMED: frozenset(),
    ChallengeState.RETURNED: frozenset(),
}


def move(now: ChallengeState, to: ChallengeState) -> ChallengeState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This decision was already {now.value}.")
    return to
