"""The states of a priority consideration."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ConsiderationState(enum.Enum):
    """Proposed, then owed or refused; used once the person was considered first on a certificate."""

    PROPOSED = "proposed"
    OWED = "owed"
    REFUSED = "refused"
    USED = "used"


TRANSITIONS: dict[ConsiderationState, frozenset[ConsiderationState]] = {
    ConsiderationState.PROPOSED: frozenset({ConsiderationState.OWED, ConsiderationState.REFUSED}),
    ConsiderationState.OWED: frozenset({ConsiderationState.USED}),
    ConsiderationState.REFUSED: frozenset(),
    ConsiderationState.USED: frozenset(),
}


def move(now: ConsiderationState, to: ConsiderationState) -> ConsiderationState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This consideration is {now.value} and cannot become {to.value}.")
    return to
