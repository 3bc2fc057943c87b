"""How letters write dates, moments, money and marks, in English."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from app.notices.parts import Moment

# strftime would follow the server's locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(day: dt.date) -> str:
    """Write a date that leaves no doubt about day and month, 3 December 2026, its spaces unbreakable."""
    return f"{day.day}\N{NO-BREAK SPACE}{MONTHS[day.month - 1]}\N{NO-BREAK SPACE}{day.year}"


def long_moment(moment: Moment) -> str:
    """Write a moment with its zone: 5:00 pm on 3 December 2026, New York time (UTC-05:00)."""
    local = moment.at.astimezone(ZoneInfo(moment.zone))
    half = "am" if local.hour < 12 else "pm"
    offset = local.strftime("%z")
    place = "" if moment.zone == "UTC" else f"{moment.zone.rsplit('/', 1)[-1].replace('_', ' ')} time "
    zone = f"{place}(UTC{offset[:3]}:{offset[3:5]})" if place else "UTC"
    return f"{local.hour % 12 or 12}:{local:%M} {half} on {long_date(local.date())}, {zone}"


def money(minor: int, currency: str, digits: int) -> str:
    """Write an amount with its currency's code, so that no dollar is taken for another: USD 54,250.00."""
    return f"{currency} {Decimal(minor).scaleb(-digits):,.{digits}f}"


def marks(value: Decimal) -> str:
    """Write marks with exactly the decimals they come with."""
    return f"{value:f}"


def points(value: Fraction, decimals: int | None) -> str:
    """Write an exact number with `decimals` decimals, or as a mixed fraction, 23 2/3, where that is None.

    A value that has more decimals than that raises ValueError: a letter never rounds by itself.
    """
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    if decimals is None:
        whole, rest = divmod(abs(value), 1)
        return sign + (f"{whole} {rest}" if whole and rest else f"{whole or rest}")
    scaled = abs(value) * 10**decimals
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than {decimals} decimals.")
    return f"{sign}{Decimal(scaled.numerator).scaleb(-decimals):f}"
