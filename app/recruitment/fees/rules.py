"""What a fee holds up, and who need not pay it."""

from __future__ import annotations

from typing import Any

from app.recruitment.fees.states import SETTLED, FeeHold, FeeState

MOST_GROUNDS = 8
# What stands for paying where a ground for a waiver could be chosen.
PAY = "pay"


def holds(asked: Any, fee: Any, what: FeeHold) -> bool:
    """Tell whether an application's fee holds up `what`.

    Who asked for a waiver may submit while it is decided; nobody is screened before a fee is settled.
    """
    if fee.state in SETTLED:
        return False
    if what is FeeHold.SCREENING:
        return True
    return asked.hold is FeeHold.SUBMISSION and fee.state is FeeState.DUE
