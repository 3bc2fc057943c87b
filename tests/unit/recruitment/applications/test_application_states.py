"""Each axis moves along its table and no other way."""

from __future__ import annotations

import itertools

import pytest

from app.platform.errors import Conflict
from app.recruitment.applications.states import (
    TRANSITIONS,
    Assessment,
    ClaimState,
    Placement,
    Screening,
    Standing,
    Submission,
    move,
)

AXES = (Submission, Screening, Assessment, Standing, Placement, ClaimState)
PAIRS = [pair for axis in AXES for pair in itertools.product(axis, axis)]
# The table written a second time, as sentences would say it.
ALLOWED = {
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "withdrawn"),
    ("withdrawn", "draft"),
    ("pending", "eligible"),
    ("pending", "ineligible"),
    ("eligible", "ineligible"),
    ("ineligible", "eligible"),
    ("none", "registered"),
    ("registered", "present"),
    ("registered", "absent"),
    ("registered", "none"),
    ("present", "scored"),
    ("present", "absent"),
    ("absent", "present"),
    ("scored", "present"),
    ("none", "passed"),
    ("none", "failed"),
    ("passed", "failed"),
    ("passed", "none"),
    ("failed", "passed"),
    ("failed", "none"),
    ("none", "certified"),
    ("certified", "selected"),
    ("certified", "declined"),
    ("certified", "passed_over"),
    ("certified", "none"),
    ("selected", "appointed"),
    ("selected", "declined"),
    ("declined", "certified"),
    ("declined", "none"),
    ("passed_over", "certified"),
    ("passed_over", "none"),
    ("claimed", "verified"),
    ("claimed", "refused"),
    ("verified", "refused"),
    ("refused", "verified"),
}


@pytest.mark.parametrize(("current", "to"), PAIRS, ids=lambda state: f"{type(state).__name__}.{state.value}")
def test_a_move_is_made_exactly_where_the_table_leads(current, to):
    if (current.value, to.value) in ALLOWED:
        assert move(current, to) is to
        return
    with pytest.raises(Conflict) as refused:
        move(current, to)
    axis = type(current).__name__.lower()
    words = current.value.replace("_", " "), to.value.replace("_", " ")
    assert refused.value.message == (
        f"The {axis} of this application is {words[0]}; it cannot become {words[1]}."
    )


def test_the_table_names_every_state_and_keeps_to_its_axis():
    assert set(TRANSITIONS) == {state for axis in AXES for state in axis}
    assert all(type(to) is type(state) for state, after in TRANSITIONS.items() for to in after)
