"""Where the fee of an objection stands, and what the office recorded of it."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict
from app.platform.sentences import Sentence, say


class FeeState(enum.Enum):
    """Due until it is paid or waived; what was paid is given back when the objection is upheld."""

    DUE = "due"
    WAIVER_ASKED = "waiver_asked"
    PAID = "paid"
    WAIVED = "waived"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"

    @property
    def title(self) -> Sentence:
        return TITLES[self]


class FeeAct(enum.Enum):
    """What an office recorded of a fee."""

    PAYMENT = "payment"
    WAIVER = "waiver"
    REFUSAL = "refusal"
    REFUND = "refund"


TITLES = {
    FeeState.DUE: say("Not paid"),
    FeeState.WAIVER_ASKED: say("Waiver asked for"),
    FeeState.PAID: say("Paid"),
    FeeState.WAIVED: say("Waived"),
    FeeState.REFUND_DUE: say("To be given back"),
    FeeState.REFUNDED: say("Given back"),
}
# An objection is looked at once its fee is out of the way.
SETTLED = frozenset({FeeState.PAID, FeeState.WAIVED, FeeState.REFUND_DUE, FeeState.REFUNDED})
TRANSITIONS: dict[FeeState, frozenset[FeeState]] = {
    FeeState.DUE: frozenset({FeeState.PAID}),
    FeeState.WAIVER_ASKED: frozenset({FeeState.DUE, FeeState.WAIVED, FeeState.PAID}),
    FeeState.PAID: frozenset({FeeState.REFUND_DUE}),
    FeeState.WAIVED: frozenset(),
    FeeState.REFUND_DUE: frozenset({FeeState.REFUNDED}),
    FeeState.REFUNDED: frozenset(),
}


def move(now: FeeState, to: FeeState) -> FeeState:
    """Give `to` when it may follow, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This fee stands as “{TITLES[now]}”; that cannot be recorded now.")
    return to
