"""Stories wait for moments and are told in the order of these, until now and no further."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

import pytest
from sqlalchemy.orm import Session

from app.demonstration.timeline import Story, Timeline, at_home

# A Wednesday.
NOW = dt.datetime(2026, 11, 25, 15, 0, tzinfo=dt.UTC)
NEW_YORK, CHICAGO = "America/New_York", "America/Chicago"
SESSION = cast(Session, object())


def _story(told: list[Any], name: str, *days: float) -> Story:
    for ago in days:
        session, at = yield NOW - dt.timedelta(days=ago)
        assert session is SESSION
        told.append((name, (NOW - at) / dt.timedelta(days=1)))


def _run(timeline: Timeline) -> list[dt.datetime]:
    passed: list[dt.datetime] = []
    assert timeline.run(SESSION, passed.append) == len(passed)
    return passed


def test_stories_are_told_in_the_order_of_their_moments():
    told: list[Any] = []
    timeline = Timeline(NOW)
    timeline.begin(_story(told, "a", 9, 3))
    timeline.begin(_story(told, "b", 5, 3, 1))
    assert _run(timeline) == [NOW - dt.timedelta(days=ago) for ago in (9, 5, 3, 3, 1)]
    assert told == [("a", 9), ("b", 5), ("a", 3), ("b", 3), ("b", 1)]


def test_what_would_come_later_than_now_never_comes():
    told: list[Any] = []
    timeline = Timeline(NOW)
    timeline.begin(_story(told, "a", 1, 0, -1))
    _run(timeline)
    assert told == [("a", 1), ("a", 0)]


def test_time_never_goes_back_within_a_story():
    told: list[Any] = []
    timeline = Timeline(NOW)
    timeline.begin(_story(told, "a", 4, 6, 2))
    _run(timeline)
    assert told == [("a", 4), ("a", 4), ("a", 2)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, dt.date(2026, 11, 24)),
        (3, dt.date(2026, 11, 20)),  # Sunday, so Friday
        (4, dt.date(2026, 11, 20)),  # Saturday, so Friday
        (5, dt.date(2026, 11, 20)),
        (30, dt.date(2026, 10, 26)),
    ],
)
def test_the_office_works_from_monday_to_friday(days: int, expected: dt.date):
    hour = 14 if days == 30 else 15  # ten in New York, where summer time ends on 1 November
    assert Timeline(NOW).office(days, NEW_YORK) == dt.datetime.combine(expected, dt.time(hour), dt.UTC)


def test_a_deadline_is_five_in_the_afternoon_of_its_own_zone():
    timeline = Timeline(NOW)
    assert timeline.deadline(-1, NEW_YORK) == dt.datetime(2026, 11, 26, 22, 0, tzinfo=dt.UTC)
    assert timeline.deadline(-1, CHICAGO) == dt.datetime(2026, 11, 26, 23, 0, tzinfo=dt.UTC)


def test_nobody_writes_at_night():
    at_three = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)
    assert at_home(at_three, NEW_YORK) == dt.datetime(2026, 11, 24, 22, 0, tzinfo=dt.UTC)
    assert at_home(NOW, NEW_YORK) == NOW
