"""What an unpaid fee holds up, and how a fee may move."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from app.platform.errors import Conflict
from app.recruitment.fees.rules import holds
from app.recruitment.fees.states import TRANSITIONS, FeeHold, FeeState, move


@pytest.mark.parametrize(
    ("hold", "state", "submission", "screening"),
    [
        (FeeHold.SUBMISSION, FeeState.DUE, True, True),
        (FeeHold.SUBMISSION, FeeState.WAIVER_ASKED, False, True),
        (FeeHold.SCREENING, FeeState.DUE, False, True),
        (FeeHold.SCREENING, FeeState.WAIVER_ASKED, False, True),
        (FeeHold.SUBMISSION, FeeState.PAID, False, False),
        (FeeHold.SCREENING, FeeState.WAIVED, False, False),
    ],
)
def test_a_fee_holds_up_what_its_posting_says_until_it_is_settled(hold, state, submission, screening):
    asked, fee = SimpleNamespace(hold=hold), SimpleNamespace(state=state)
    assert holds(asked, fee, FeeHold.SUBMISSION) is submission
    assert holds(asked, fee, FeeHold.SCREENING) is screening


@pytest.mark.parametrize(("current", "to"), list(itertools.product(FeeState, FeeState)))
def test_each_pair_of_fee_states(current, to):
    if to in TRANSITIONS[current]:
        assert move(current, to) is to
    else:
        with pytest.raises(Conflict):
            move(current, to)
