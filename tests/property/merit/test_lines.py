"""Rounding a whole line at once gives what rounding each of its values in full gives."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from app.exams.merit.rounding import MODES, round_line, round_ratio

LONG = st.integers(-(10**60), 10**60)
PLACES = st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=30)


@given(LONG, LONG, st.integers(1, 10**60), PLACES, st.sampled_from(MODES))
@example(1, 1, 2, [0, 1, 2, 3, -1, -2], "half-even")
@example(10**50 + 1, -(10**50), 2 * 10**50, [0, 1, 2, -3], "half-up")
@example(7, 0, 1, [0], "down")
@example(10**12, 1, 1, [0], "floor")
def test_a_line_is_rounded_as_its_values_are(rise, start, below, places, mode):
    found = round_line(rise, start, below, places, mode)
    if found is not None:
        assert found.tolist() == [round_ratio(rise * place + start, below, mode) for place in places]


@given(st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(1, 60), PLACES, st.sampled_from(MODES))
def test_short_lines_with_many_halves_are_rounded_as_their_values_are(rise, start, below, places, mode):
    found = round_line(rise, start, below, places, mode)
    assert found is not None
    assert found.tolist() == [round_ratio(rise * place + start, below, mode) for place in places]


def test_a_line_of_too_long_values_is_left_to_others():
    assert round_line(10**30, 0, 1, [1], "floor") is None
