"""What a requisition may become, each pair of states tried."""

from __future__ import annotations

import pytest

from app.platform.errors import Conflict
from app.recruitment.requisitions.rules import ACTS
from app.recruitment.requisitions.states import LIVE, TRANSITIONS, RequisitionState, move

ALLOWED = {
    ("draft", "submitted"),
    ("draft", "cancelled"),
    ("submitted", "approved"),
    ("submitted", "refused"),
    ("submitted", "cancelled"),
    ("approved", "cancelled"),
}
PAIRS = [(state, to) for state in RequisitionState for to in RequisitionState]


@pytest.mark.parametrize(("state", "to"), PAIRS, ids=lambda state: state.value)
def test_each_pair_of_states(state: RequisitionState, to: RequisitionState):
    if (state.value, to.value) in ALLOWED:
        assert move(state, to) is to
    else:
        with pytest.raises(Conflict, match="cannot become"):
            move(state, to)


def test_tables_know_every_state():
    assert set(TRANSITIONS) == set(ACTS) == set(RequisitionState)
    assert {state.value for state in LIVE} == {"draft", "submitted", "approved"}


def test_the_refusal_is_a_sentence_for_people():
    with pytest.raises(Conflict) as refused:
        move(RequisitionState.REFUSED, RequisitionState.APPROVED)
    assert refused.value.message == "This requisition is “refused” and cannot become “approved”."
