"""What an unpaid fee holds up, and how a fee is settled."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class FeeHold(enum.Enum):
    """What an unpaid fee holds up."""

    SUBMISSION = "submission"
    SCREENING = "screening"


class FeeState(enum.Enum):
    """Where the fee of one application stands."""

    DUE = "due"
    WAIVER_ASKED = "waiver_asked"
    PAID = "paid"
    WAIVED = "waived"


class FeeAct(enum.Enum):
    """What an office recorded of a fee."""

    PAYMENT = "payment"
    WAIVER = "waiver"
    REFUSAL = "refusal"
    REVERSAL = "reversal"


SETTLED = frozenset({FeeState.PAID, FeeState.WAIVED})

# Settled fees go back to due only by a recorded reversal.
TRANSITIONS: dict[FeeState, frozenset[FeeState]] = {
    FeeState.DUE: frozenset({FeeState.WAIVER_ASKED, FeeState.PAID}),
    FeeState.WAIVER_ASKED: frozenset({FeeState.DUE, FeeState.PAID, FeeState.WAIVED}),
    FeeState.PAID: frozenset({FeeState.DUE}),
    FeeState.WAIVED: frozenset({FeeState.DUE}),
}
WORDS = {
    FeeState.DUE: "not paid",
    FeeState.WAIVER_ASKED: "waiting for a decision on a waiver",
    FeeState.PAID: "paid",
    FeeState.WAIVED: "waived",
}


def move(current: FeeState, to: FeeState) -> FeeState:
    """Give `to` when it may follow the current state, or raise Conflict."""
    if to not in TRANSITIONS[current]:
        raise Conflict(f"This fee is {WORDS[current]}; that cannot be recorded now.")
    return to
