"""Dates, moments, money and marks as letters write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from app.notices.parts import Moment
from app.notices.wording import long_date, long_moment, marks, money, points


@pytest.mark.parametrize(
    ("at", "zone", "text"),
    [
        ("2026-12-03T22:00:00Z", "America/New_York", "5:00 pm on 3 December 2026, New York time (UTC-05:00)"),
        ("2026-07-01T03:59:00Z", "America/New_York", "11:59 pm on 30 June 2026, New York time (UTC-04:00)"),
        ("2026-12-03T18:45:00Z", "Asia/Kolkata", "12:15 am on 4 December 2026, Kolkata time (UTC+05:30)"),
        ("2026-12-03T12:00:00Z", "UTC", "12:00 pm on 3 December 2026, UTC"),
    ],
)
def test_a_moment_names_its_zone(at: str, zone: str, text: str):
    moment = Moment(at=dt.datetime.fromisoformat(at), zone=zone)
    assert long_moment(moment).replace("\N{NO-BREAK SPACE}", " ") == text


def test_a_date_does_not_break_over_lines():
    assert long_date(dt.date(2026, 1, 9)) == "9\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2026"


@pytest.mark.parametrize(
    ("minor", "currency", "digits", "text"),
    [
        (7421500, "USD", 2, "USD 74,215.00"),
        (5, "USD", 2, "USD 0.05"),
        (450000, "JPY", 0, "JPY 450,000"),
        (1, "KWD", 3, "KWD 0.001"),
    ],
)
def test_money_has_the_decimals_of_its_currency(minor: int, currency: str, digits: int, text: str):
    assert money(minor, currency, digits) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(252, 5), 1, "50.4"),
        (Fraction(5), 1, "5.0"),
        (Fraction(5), 0, "5"),
        (Fraction(-1, 4), 2, "−0.25"),
        (Fraction(70, 3), None, "23 1/3"),
        (Fraction(-1, 3), None, "−1/3"),
        (Fraction(38), None, "38"),
        (Fraction(0), None, "0"),
    ],
)
def test_points_are_exact(value: Fraction, decimals: int | None, text: str):
    assert points(value, decimals) == text


def test_points_are_never_rounded():
    with pytest.raises(ValueError, match="more than 1 decimals"):
        points(Fraction(1, 4), 1)


def test_marks_keep_the_decimals_they_come_with():
    assert [marks(Decimal(text)) for text in ("80.00", "1E+2", "0.5")] == ["80.00", "100", "0.5"]
