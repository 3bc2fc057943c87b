"""What a posting may become, each pair of states tried."""

from __future__ import annotations

import pytest

from app.platform.errors import Conflict
from app.recruitment.postings.rules import ACTS
from app.recruitment.postings.states import STATE_TITLES, TRANSITIONS, PostingState, move

ALLOWED = {
    ("draft", "submitted"),
    ("draft", "cancelled"),
    ("submitted", "draft"),
    ("submitted", "approved"),
    ("submitted", "cancelled"),
    ("approved", "draft"),
    ("approved", "published"),
    ("approved", "cancelled"),
    ("published", "closed"),
    ("closed", "published"),  # by the clock-stop rule alone
    ("published", "cancelled"),
}
PAIRS = [(state, to) for state in PostingState for to in PostingState]


@pytest.mark.parametrize(("state", "to"), PAIRS, ids=lambda state: state.value)
def test_each_pair_of_states(state: PostingState, to: PostingState):
    if (state.value, to.value) in ALLOWED:
        assert move(state, to) is to
    else:
        with pytest.raises(Conflict, match="cannot become"):
            move(state, to)


def test_tables_know_every_state():
    assert set(TRANSITIONS) == set(ACTS) == set(STATE_TITLES) == set(PostingState)


def test_the_refusal_is_a_sentence_for_people():
    with pytest.raises(Conflict) as refused:
        move(PostingState.DRAFT, PostingState.PUBLISHED)
    assert refused.value.message == "This posting is “draft” and cannot become “published”."
