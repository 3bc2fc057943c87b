"""Minutes of leave in words: hours, and days of the person's own length."""

from __future__ import annotations

from fractions import Fraction


def hours(minutes: int) -> str:
    """Write minutes as hours: "12 h", "1 h 15 min", "-0 h 30 min"."""
    whole, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    return f"{sign}{whole} h {rest} min" if rest else f"{sign}{whole} h"


def days(minutes: int, day: int) -> str:
    """Write minutes as days of so many minutes, with two decimals at most, cut towards nought: "12.5"."""
    if day <= 0:
        return hours(minutes)
    hundredths = int(Fraction(minutes * 100, day))
    whole, rest = divmod(abs(hundredths), 100)
    text = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return f"-{text}" if hundredths < 0 else text


def count(minutes: int, day: int) -> str:
    """Write minutes as days with their noun: "1 day", "12.5 days"."""
    text = days(minutes, day)
    return f"{text} day" if text in ("1", "-1") else f"{text} days"
