"""Times of interviews: who gets which, and that nobody is wanted in two places at once."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exams.interviews import rules
from app.platform.errors import Invalid

NINE = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)


def at(minutes: int, length: int = 30) -> rules.Span:
    return rules.span(NINE + dt.timedelta(minutes=minutes), length)


@pytest.mark.parametrize(
    ("other", "shared"), [(at(30), False), (at(29), True), (at(-30), False), (at(5, 10), True)]
)
def test_two_interviews_overlap_when_they_share_a_moment(other, shared):
    assert (rules.overlap(at(0), other), rules.overlap(other, at(0))) == (shared, shared)


def test_a_time_goes_to_the_next_who_can_come():
    free = [("first", at(0)), ("second", at(10)), ("third", at(40))]
    people = {"s1": {"ada", "rita"}, "s2": {"ben", "rita"}, "s3": {"cleo", "rolf"}, "s4": {"dora", "rolf"}}
    busy = {"rolf": [at(40)]}
    assert rules.give(["s1", "s2", "s3", "s4"], free, people, busy) == {
        "s1": "first",
        "s2": "third",
        "s3": "second",
    }


@given(
    st.lists(st.integers(0, 300), min_size=1, max_size=8),
    st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.sampled_from("ABCD"), min_size=1), min_size=1),
)
def test_nobody_is_ever_given_two_times_that_overlap(starts, people):
    free = [(str(place), at(start)) for place, start in enumerate(starts)]
    spans = dict(free)
    got = rules.give(sorted(people), free, people, {})
    assert len(set(got.values())) == len(got)
    for one in got:
        for other in got:
            if one < other and people[one] & people[other]:
                assert not rules.overlap(spans[got[one]], spans[got[other]])


def test_what_to_bring_is_a_thing_a_line():
    assert rules.read_things("  A   pen\r\n\n Paper ") == ["A pen", "Paper"]
    with pytest.raises(Invalid):
        rules.read_things("x" * 301)
