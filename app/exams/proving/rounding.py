"""Rounding of one exact number by its size and its sign, apart."""

from __future__ import annotations

from fractions import Fraction


def to_whole(value: Fraction, mode: str) -> int:
    """Round to a whole number; half-up and half-down go by the size, floor and ceiling by the number line."""
    size, rest = divmod(abs(value.numerator), value.denominator)
    negative = value < 0
    away = {
        "up": rest > 0,
        "down": False,
        "floor": rest > 0 and negative,
        "ceiling": rest > 0 and not negative,
        "half-up": 2 * rest >= value.denominator,
        "half-down": 2 * rest > value.denominator,
        "half-even": 2 * rest > value.denominator or (2 * rest == value.denominator and size % 2 == 1),
    }[mode]
    return (-1 if negative else 1) * (size + away)


def to_places(value: Fraction, places: int, mode: str) -> int:
    """Round to decimals; the result counts units of the last one."""
    return to_whole(value * 10**places, mode)
