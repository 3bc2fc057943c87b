"""What a deadline decides, over zones, the days on which clocks change, and the ends of months."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.platform.clock import zoned_moment
from app.recruitment.deadlines.rules import (
    DAY,
    HOUR,
    MOST_GRACE_MINUTES,
    Reminder,
    Verdict,
    Window,
    due_between,
    due_reminder,
    judge,
)
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
    "Africa/Casablanca",  # its clocks go back for a month and forward again
    "UTC",
]
# the last and first days of months as often as all others
MONTH_ENDS = st.builds(
    lambda year, month, day: dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=day),
    st.integers(2010, 2034),
    st.integers(0, 11),
    st.integers(0, 1),
)
DAYS = st.one_of(st.dates(dt.date(2010, 1, 1), dt.date(2035, 12, 31)), MONTH_ENDS)
TIMES = st.one_of(
    st.times().map(lambda time: time.replace(microsecond=0, fold=0)),
    st.sampled_from([dt.time(0), dt.time(1, 30), dt.time(2, 30), dt.time(17), dt.time(23, 59, 59)]),
)
GRACE = st.integers(0, MOST_GRACE_MINUTES).map(lambda minutes: dt.timedelta(minutes=minutes))
OFFSETS = st.integers(-(10**14), 10**14).map(lambda microseconds: dt.timedelta(microseconds=microseconds))
INSTANT = dt.timedelta(microseconds=1)
CLOSES = dt.datetime(2026, 12, 3, 22, 0, tzinfo=dt.UTC)


def moment(zone: str, day: dt.date, time: dt.time) -> dt.datetime:
    """Give a wall-clock time as a moment; times that a zone skips are no deadlines."""
    try:
        return zoned_moment(day, time, zone)
    except ValueError:
        assume(False)
        raise


def published(closes: dt.datetime, grace: dt.timedelta = dt.timedelta(), days: int = 30) -> Window:
    return Window(PostingState.PUBLISHED, closes - dt.timedelta(days=days), closes, None, grace)


@given(st.sampled_from(ZONES), DAYS, TIMES, st.integers(1, 400), OFFSETS)
@example("America/New_York", dt.date(2026, 11, 1), dt.time(1, 30), 20, dt.timedelta())
@example("America/New_York", dt.date(2026, 3, 9), dt.time(2, 30), 1, -INSTANT)
@example("Australia/Lord_Howe", dt.date(2026, 4, 5), dt.time(1, 45), 10, dt.timedelta())
def test_the_window_is_open_from_its_first_moment_until_just_before_its_last(zone, day, time, days, offset):
    closes = moment(zone, day, time)
    window = published(closes, days=days)
    opens, at = closes - dt.timedelta(days=days), closes + offset
    early_or_late = Verdict.EARLY if at < opens else Verdict.LATE
    assert judge(window, at) is (Verdict.IN_TIME if opens <= at < closes else early_or_late)
    assert judge(window, closes - INSTANT) is Verdict.IN_TIME
    assert judge(window, closes) is Verdict.LATE
    assert judge(window, opens) is Verdict.IN_TIME
    assert judge(window, opens - INSTANT) is Verdict.EARLY


@given(st.sampled_from(ZONES), DAYS, TIMES)
def test_whoever_reads_the_deadline_on_a_local_clock_is_in_time_before_it(zone, day, time):
    """The wall clock shows an earlier time, or the same one for the first time, only while it is open."""
    closes = moment(zone, day, time)
    window = published(closes)
    for minutes in (1, 29, 31, 59, 61, 119):
        assert judge(window, closes - dt.timedelta(minutes=minutes)) is Verdict.IN_TIME
        after = closes + dt.timedelta(minutes=minutes)
        wall = after.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert judge(window, after) is Verdict.LATE
        # of a time that comes twice the later one closes, so after it the clock shows no earlier time
        assert wall > dt.datetime.combine(day, time) or after.astimezone(ZoneInfo(zone)).fold == 1


@given(st.sampled_from(ZONES), DAYS, TIMES, GRACE, OFFSETS, OFFSETS)
@example("America/New_York", dt.date(2026, 11, 1), dt.time(1, 59), dt.timedelta(hours=2), -INSTANT, HOUR)
def test_grace_is_for_forms_that_were_open_and_for_no_others(zone, day, time, grace, opened, received):
    closes = moment(zone, day, time)
    window = published(closes, grace)
    form, at = closes + opened, closes + received
    assume(form <= at)
    was_open = window.opens_at <= form < closes
    verdict = judge(window, at, form)
    assert (verdict is Verdict.IN_GRACE) is (was_open and closes <= at < closes + grace)
    assert verdict.is_taken is (window.opens_at <= at < closes or verdict is Verdict.IN_GRACE)
    # a form without a seal has no grace, and a seal never makes worse what is in time
    assert judge(window, at) is (verdict if verdict is not Verdict.IN_GRACE else Verdict.LATE)


@given(GRACE, st.integers(0, 10**10), st.sampled_from([PostingState.PUBLISHED, PostingState.CLOSED]))
def test_grace_outlasts_the_clock_that_closes_the_posting(grace, delay, state):
    closed_at = CLOSES + dt.timedelta(microseconds=delay) if state is PostingState.CLOSED else None
    window = published(CLOSES, grace)._replace(state=state, closed_at=closed_at)
    last = CLOSES + grace - INSTANT
    expected = Verdict.IN_GRACE if grace else Verdict.IN_TIME
    assert judge(window, last, CLOSES - INSTANT) is expected
    assert judge(window, CLOSES + grace, CLOSES - INSTANT) is Verdict.LATE


@given(st.integers(0, 10**10), st.integers(1, 10**10))
def test_what_came_in_before_the_clock_closed_the_posting_counts_even_if_it_waited(early, delay):
    closed = CLOSES + dt.timedelta(microseconds=delay)
    window = published(CLOSES)._replace(state=PostingState.CLOSED, closed_at=closed)
    at = CLOSES - dt.timedelta(microseconds=early)
    assert judge(window, at).is_taken is (early > 0)
    assert not judge(window, closed).is_taken
    # closed by hand before its deadline, the posting takes nothing from that moment on, in no grace either
    by_hand = CLOSES - DAY
    early_end = window._replace(closed_at=by_hand, grace=HOUR)
    assert judge(early_end, by_hand - INSTANT) is Verdict.IN_TIME
    assert judge(early_end, by_hand, by_hand - INSTANT) is Verdict.NOT_TAKEN
    assert judge(early_end, CLOSES, by_hand - INSTANT) is Verdict.LATE


@given(st.sampled_from([state for state in PostingState if state not in (PostingState.PUBLISHED,)]))
def test_no_other_state_takes_applications(state):
    window = published(CLOSES, HOUR)._replace(state=state, closed_at=CLOSES - dt.timedelta(days=30))
    assert not judge(window, CLOSES - DAY, CLOSES - DAY).is_taken
    assert judge(published(CLOSES)._replace(opens_at=None), CLOSES - DAY) is Verdict.NOT_TAKEN
    assert judge(published(CLOSES)._replace(closes_at=None), CLOSES - DAY) is Verdict.NOT_TAKEN


@given(st.sampled_from(ZONES), DAYS, TIMES, st.integers(1, 1800), st.integers(0, 3600 * 30))
def test_each_reminder_is_sent_once_whenever_the_clock_ticks(zone, day, time, every, start):
    """From wherever the clock begins to tick: the day's if there was time for it, and then the hour's."""
    closes = moment(zone, day, time)
    at, sent = closes - dt.timedelta(seconds=start), []
    while at < closes + HOUR:
        if kind := due_reminder(closes, at, frozenset(sent)):
            sent.append(kind)
        at += dt.timedelta(seconds=every * 2)
    begun = dt.timedelta(seconds=start)
    expected = [Reminder.DAY, Reminder.HOUR] if begun > HOUR else [Reminder.HOUR] if begun else []
    assert sent == expected


@given(st.sampled_from(list(Reminder)), OFFSETS)
@example(Reminder.HOUR, -HOUR)
@example(Reminder.DAY, -HOUR)
@example(Reminder.DAY, -DAY)
@example(Reminder.HOUR, dt.timedelta())
def test_the_closings_that_are_looked_for_are_those_that_are_due(kind, offset):
    at = CLOSES + offset
    start, end = due_between(kind, at)
    assert (start < CLOSES <= end) is (due_reminder(CLOSES, at) is kind)
