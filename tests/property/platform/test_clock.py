"""A deadline is the wall-clock time it says, in its own zone, whatever the clocks there do."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.platform import clock

ZONES = ["America/New_York", "Asia/Kolkata", "Europe/Lisbon", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
dates = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0))


@given(dates, times, st.sampled_from(ZONES))
def test_a_zoned_moment_reads_back_as_it_was_written_or_is_refused(date, time, zone):
    wall = dt.datetime.combine(date, time)
    try:
        moment = clock.zoned_moment(date, time, zone)
    except ValueError:
        # refused only where the zone skips that time: nothing in UTC reads as it
        near = wall.replace(tzinfo=dt.UTC)
        candidates = (near + dt.timedelta(minutes=30 * step) for step in range(-60, 61))
        assert wall not in {at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for at in candidates}
    else:
        assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall


@given(dates, times, st.sampled_from(ZONES))
def test_of_a_time_that_comes_twice_the_later_one_counts(date, time, zone):
    try:
        moment = clock.zoned_moment(date, time, zone)
    except ValueError:
        return
    for minutes in (30, 60):
        later = moment + dt.timedelta(minutes=minutes)
        assert later.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != dt.datetime.combine(date, time)
