"""Dates as the law counts them."""

from __future__ import annotations

from datetime import date

import pytest

from app.platform import calendars


def test_months_end_early() -> None:
    assert calendars.add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert calendars.add_months(date(2026, 11, 30), 15) == date(2028, 2, 29)


def test_business_days_skip_weekends_and_holidays() -> None:
    assert calendars.add_business_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert calendars.next_business_day(date(2026, 11, 21), [date(2026, 11, 23)]) == date(2026, 11, 24)


def test_business_days_count_forwards_only() -> None:
    with pytest.raises(ValueError, match="forwards only"):
        calendars.add_business_days(date(2026, 11, 20), -1)
