"""A late submission is refused with both clocks, to the second and with their zone."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from app.recruitment.applications import letters

NEW_YORK = "America/New_York"
CLOSES = dt.datetime(2026, 12, 3, 22, 0, tzinfo=dt.UTC)


def plain(text):
    """Dates hold together by spaces that do not break; the words are what is compared."""
    return text.replace("\u00a0", " ")


def posting(**values):
    return SimpleNamespace(
        **({"time_zone": NEW_YORK, "opens_at": CLOSES - dt.timedelta(days=9), "closes_at": CLOSES} | values)
    )


@pytest.mark.parametrize(
    ("at", "zone", "text"),
    [
        (CLOSES, NEW_YORK, "5:00:00 pm on 3 December 2026, EST (UTC−05:00)"),
        (
            CLOSES + dt.timedelta(milliseconds=214),
            NEW_YORK,
            "5:00:00.214 pm on 3 December 2026, EST (UTC−05:00)",
        ),
        (
            dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC),
            NEW_YORK,
            "1:30:00 am on 1 November 2026, EDT (UTC−04:00)",
        ),
        (
            dt.datetime(2026, 11, 1, 6, 30, tzinfo=dt.UTC),
            NEW_YORK,
            "1:30:00 am on 1 November 2026, EST (UTC−05:00)",
        ),
        (
            dt.datetime(2026, 6, 1, 18, 30, tzinfo=dt.UTC),
            "Asia/Kolkata",
            "12:00:00 am on 2 June 2026, IST (UTC+05:30)",
        ),
    ],
)
def test_a_moment_is_written_to_the_second_with_its_zone(at, zone, text):
    assert plain(letters.precise(at, zone)) == text


def test_a_late_submission_is_told_both_clocks():
    assert plain(letters.lateness(posting(), CLOSES + dt.timedelta(seconds=14))) == (
        "We received your submission at 5:00:14 pm on 3 December 2026, EST (UTC−05:00). "
        "Applications closed at 5:00:00 pm on 3 December 2026, EST (UTC−05:00). "
        "Your draft is kept; it is NOT submitted."
    )


def test_an_early_submission_is_told_when_to_come_back():
    assert plain(letters.lateness(posting(), CLOSES - dt.timedelta(days=10))) == (
        "We received your submission at 5:00:00 pm on 23 November 2026, EST (UTC−05:00). "
        "Applications open at 5:00:00 pm on 24 November 2026, EST (UTC−05:00). "
        "Your draft is kept; it is NOT submitted."
    )


def test_a_submission_to_a_cancelled_vacancy_is_told_that_none_are_taken():
    text = letters.lateness(posting(), CLOSES - dt.timedelta(days=1))
    assert "This vacancy takes no applications now." in text


def test_an_address_leaves_empty_lines_out():
    contact = {
        "address_line_1": "12 Sample Street",
        "address_line_2": "",
        "town": "New York",
        "region": "",
        "postcode": "10007",
        "country": "United States",
    }
    assert letters.address(contact) == ["12 Sample Street", "New York 10007", "United States"]
