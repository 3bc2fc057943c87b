from __future__ import annotations

import datetime as dt

import pytest

from app.web.date_fields import parse_time
from app.web.dates import format_date, format_moment, moment_tag, relative

NEW_YORK = "America/New_York"
AT = dt.datetime(2026, 11, 14, 22, 0, tzinfo=dt.UTC)


def test_moments_are_written_on_the_zones_clock_and_name_it() -> None:
    assert [
        format_moment(AT, NEW_YORK),
        format_moment(AT, "Asia/Kolkata"),
        format_moment(AT, "Asia/Riyadh"),
        format_moment(dt.datetime(2026, 7, 1, 4, 0, tzinfo=dt.UTC), NEW_YORK),
        format_moment(dt.datetime(2026, 7, 1, 16, 0, tzinfo=dt.UTC), NEW_YORK),
        format_moment(None),
        format_date(dt.date(2026, 11, 4)),
    ] == [
        "14 November 2026, 5:00 pm EST",
        "15 November 2026, 3:30 am IST",
        "15 November 2026, 1:00 am UTC+03",
        "1 July 2026, 12:00 midnight EDT",
        "1 July 2026, 12:00 noon EDT",
        "Not set",
        "4 November 2026",
    ]


def test_the_time_element_carries_the_offset_of_its_zone() -> None:
    assert moment_tag(AT, NEW_YORK) == (
        '<time datetime="2026-11-14T17:00-05:00" data-local="On your clock: %s">'
        "14 November 2026, 5:00 pm EST</time>"
    )


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (74, "closes in 3 days"),
        (24, "closes in 1 day"),
        (23, "closes in 23 hours"),
        (1, "closes in 1 hour"),
        (0.5, "closes in 30 minutes"),
        (0.01, "closes in less than a minute"),
        (0, "closed less than a minute ago"),
        (-2, "closed 2 hours ago"),
        (-72, "closed 3 days ago"),
    ],
)
def test_distance_to_a_deadline_is_said_in_the_unit_that_matters(hours: float, said: str) -> None:
    assert relative(AT + dt.timedelta(hours=hours), AT, NEW_YORK) == said


def test_days_are_counted_on_the_calendar_of_the_zone() -> None:
    # 30 hours on, yet two dates later on the wall calendar in New York
    late = dt.datetime(2026, 11, 15, 3, 30, tzinfo=dt.UTC)
    assert relative(late + dt.timedelta(hours=30), late, NEW_YORK) == "closes in 2 days"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("17:00", dt.time(17)),
        ("5pm", dt.time(17)),
        ("5:30 PM", dt.time(17, 30)),
        ("5.30 p.m.", dt.time(17, 30)),
        ("12 am", dt.time(0)),
        ("12:00 noon", dt.time(12)),
        ("noon", dt.time(12)),
        ("midnight", dt.time(0)),
        ("13 pm", None),
        ("24:00", None),
        ("12:60", None),
        ("5", None),
        ("soon", None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, time: dt.time | None) -> None:
    assert parse_time(text) == time
