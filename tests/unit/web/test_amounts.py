from __future__ import annotations

from decimal import Decimal

import pytest

from app.web.amounts import format_marks, format_money, format_size, parse_number, plural


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (5_420_000, "USD", "$54,200.00"),
        (-150, "USD", "−$1.50"),
        (5_420, "JPY", "¥5,420"),
        (1_234, "KWD", "KWD 1.234"),
        (0, "EUR", "€0.00"),
    ],
)
def test_money_has_the_digits_of_its_currency(minor: int, currency: str, written: str) -> None:
    assert format_money(minor, currency) == written


@pytest.mark.parametrize(
    ("units", "denominator", "places", "written"),
    [
        (7625, 100, None, "76.25"),
        (7600, 100, None, "76"),
        (229, 3, None, "76 1/3"),
        (1, 3, None, "1/3"),
        (-229, 3, None, "−76 1/3"),
        (-1, 3, None, "−1/3"),
        (100, 1, None, "100"),
        (229, 3, 2, "76.33"),
        (1, 8, 2, "0.13"),
        (0, 7, None, "0"),
    ],
)
def test_marks_are_written_exactly_unless_rounding_is_asked_for(
    units: int, denominator: int, places: int | None, written: str
) -> None:
    assert format_marks(units, denominator, places) == written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", Decimal(12)),
        ("1,204", Decimal(1204)),
        ("12,34,567.5", Decimal("1234567.5")),
        ("1 204", Decimal(1204)),
        ("−3", Decimal(-3)),
        ("१२", Decimal(12)),
        ("1e9", None),
        ("NaN", None),
        ("Infinity", None),
        ("1,2,3", None),
        ("9" * 31, None),
        ("", None),
        ("12a", None),
    ],
)
def test_only_plain_numbers_are_read(text: str, number: Decimal | None) -> None:
    assert parse_number(text) == number


def test_counts_and_sizes_read_as_words() -> None:
    assert [plural(1, "application"), plural(1204, "application"), plural(0, "person", "people")] == [
        "1 application",
        "1,204 applications",
        "0 people",
    ]
    assert [format_size(1), format_size(340_000), format_size(5_000_000), format_size(1_250_000_000)] == [
        "1 byte",
        "340 KB",
        "5 MB",
        "1.2 GB",
    ]
