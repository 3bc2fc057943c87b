"""The days off of the demonstration's agencies, as 5 U.S.C. 6103 names them."""

from __future__ import annotations

import datetime as dt

from app.demonstration.holidays import days_off


def test_the_days_off_of_2026_are_eleven_and_moved_from_the_weekend():
    assert [on.isoformat() for on, _ in days_off(2026)] == [
        "2026-01-01",
        "2026-01-19",
        "2026-02-16",
        "2026-05-25",
        "2026-06-19",
        "2026-07-03",  # the fourth is a Saturday
        "2026-09-07",
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
    ]


def test_a_sunday_is_kept_on_the_monday_and_new_year_may_be_kept_the_year_before():
    assert (dt.date(2027, 7, 5), "Independence Day") in days_off(2027)
    assert (dt.date(2021, 12, 31), "New Year's Day") in days_off(2022)


def test_no_day_is_kept_twice_in_fifty_years():
    kept = [on for year in range(2000, 2050) for on, _ in days_off(year)]
    assert len(kept) == len(set(kept)) == 550
    assert all(on.weekday() < 5 for on in kept)
