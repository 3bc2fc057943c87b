"""The window of applications, over zones and the days on which clocks change."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.platform.clock import zoned_moment
from app.recruitment.applications.rules import window_is_open
from app.recruitment.postings.states import PostingState

ZONES = [
    "America/New_York",
    "America/Adak",
    "Europe/London",
    "Europe/Lisbon",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # its clocks move by half an hour
    "Pacific/Apia",  # it left out the 30th of December 2011
    "Pacific/Chatham",
    "UTC",
]
DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2035, 12, 31))
TIMES = st.times().map(lambda time: time.replace(microsecond=0, fold=0))
INSTANT = dt.timedelta(microseconds=1)


@given(st.sampled_from(ZONES), DAYS, TIMES, st.integers(1, 400), st.integers(-(10**14), 10**14))
@example("America/New_York", dt.date(2026, 11, 1), dt.time(1, 30), 20, 0)
@example("America/New_York", dt.date(2026, 3, 9), dt.time(2, 30), 1, -1)
@example("Australia/Lord_Howe", dt.date(2026, 4, 5), dt.time(1, 45), 10, 0)
def test_the_window_is_open_from_its_first_moment_until_just_before_its_last(zone, day, time, days, offset):
    try:
        closes = zoned_moment(day, time, zone)
    except ValueError:
        assume(False)
    opens = closes - dt.timedelta(days=days)
    at = closes + dt.timedelta(microseconds=offset)
    assert window_is_open(PostingState.PUBLISHED, opens, closes, None, at) is (opens <= at < closes)
    assert window_is_open(PostingState.PUBLISHED, opens, closes, None, closes - INSTANT)
    assert not window_is_open(PostingState.PUBLISHED, opens, closes, None, closes)
    assert window_is_open(PostingState.PUBLISHED, opens, closes, None, opens)
    assert not window_is_open(PostingState.PUBLISHED, opens, closes, None, opens - INSTANT)


@given(st.sampled_from(ZONES), DAYS, TIMES)
def test_whoever_reads_the_deadline_on_a_local_clock_is_in_time_before_it(zone, day, time):
    """The wall clock shows an earlier time, or the same one for the first time, only while it is open."""
    try:
        closes = zoned_moment(day, time, zone)
    except ValueError:
        assume(False)
    opens = closes - dt.timedelta(days=30)
    for minutes in (1, 29, 31, 59, 61, 119):
        before = closes - dt.timedelta(minutes=minutes)
        assert window_is_open(PostingState.PUBLISHED, opens, closes, None, before)
        after = closes + dt.timedelta(minutes=minutes)
        wall = after.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert not window_is_open(PostingState.PUBLISHED, opens, closes, None, after)
        # of a time that comes twice the later one closes, so after it the clock shows no earlier time
        assert wall > dt.datetime.combine(day, time) or after.astimezone(ZoneInfo(zone)).fold == 1


@given(st.integers(0, 10**10), st.integers(1, 10**10))
def test_what_came_in_before_the_clock_closed_the_posting_counts_even_if_it_waited(early, delay):
    closes = dt.datetime(2026, 12, 3, 22, 0, tzinfo=dt.UTC)
    opens, closed = closes - dt.timedelta(days=30), closes + dt.timedelta(microseconds=delay)
    at = closes - dt.timedelta(microseconds=early)
    assert window_is_open(PostingState.CLOSED, opens, closes, closed, at) is (early > 0)
    assert not window_is_open(PostingState.CLOSED, opens, closes, closed, closed)
    # closed by hand before its deadline, the posting takes nothing from that moment on
    by_hand = closes - dt.timedelta(days=1)
    assert window_is_open(PostingState.CLOSED, opens, closes, by_hand, by_hand - INSTANT)
    assert not window_is_open(PostingState.CLOSED, opens, closes, by_hand, by_hand)


@given(st.sampled_from([state for state in PostingState if state not in (PostingState.PUBLISHED,)]))
def test_no_other_state_takes_applications(state):
    closes = dt.datetime(2026, 12, 3, 22, 0, tzinfo=dt.UTC)
    opens = closes - dt.timedelta(days=30)
    assert not window_is_open(state, opens, closes, opens, closes - dt.timedelta(days=1))
    assert not window_is_open(PostingState.PUBLISHED, None, closes, None, opens)
    assert not window_is_open(PostingState.PUBLISHED, opens, None, None, opens)
