"""Postings close at the deadline on their own clock, over zones and changes of clocks."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform import clock
from app.platform.errors import Invalid
from app.recruitment.postings.rules import MINIMUM_OPEN_DAYS, check_window, is_due_to_close, window_is_open
from app.recruitment.postings.states import PostingState

ZONES = st.sampled_from(
    [
        "America/New_York",
        "America/St_Johns",
        "America/Havana",
        "Europe/London",
        "Asia/Kolkata",
        "Asia/Tehran",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Casablanca",
        "UTC",
    ]
)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime | None:
    try:
        return clock.zoned_moment(day, time, zone)
    except ValueError:
        return None


@given(ZONES, DAYS, TIMES, st.integers(-7200, 7200))
def test_a_posting_is_open_until_its_wall_clock_shows_the_deadline(zone, day, time, seconds):
    closes = moment(day, time, zone)
    if closes is None:
        return
    at = closes + dt.timedelta(seconds=seconds)
    opens = closes - dt.timedelta(days=30)
    is_open = window_is_open(PostingState.PUBLISHED, opens, closes, at)
    is_due = is_due_to_close(PostingState.PUBLISHED, closes, at)
    assert is_open is not is_due
    assert is_due is (seconds >= 0)
    assert closes.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == dt.datetime.combine(day, time)


@given(ZONES, DAYS, TIMES, st.integers(0, 40), TIMES)
def test_the_least_window_is_counted_on_the_calendar(zone, day, time, days, closing_time):
    opens, closes = moment(day, time, zone), moment(day + dt.timedelta(days=days), closing_time, zone)
    if opens is None or closes is None:
        return
    is_long_enough = (days, closing_time) >= (MINIMUM_OPEN_DAYS, time)
    if is_long_enough:
        check_window(opens, closes, zone, opens)
    else:
        with pytest.raises(Invalid) as refused:
            check_window(opens, closes, zone, opens)
        assert set(refused.value.fields) == {"closes_at"}
