"""Money, marks and counts: read from what a person types, and written for a person to read."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.platform import locales
from app.platform.locales import SYMBOLS, minor_digits
from app.platform.sentences import Sentence, say, say_count

__all__ = [
    "SYMBOLS",
    "format_marks",
    "format_money",
    "format_number",
    "format_size",
    "minor_digits",
    "parse_number",
    "plural",
]

_GROUPED = re.compile(r"[+-]?(\d+|\d{1,3}([ ,  ']\d{2,3})+)(\.\d*)?")
LONGEST_NUMBER = 30


def parse_number(text: str) -> Decimal | None:
    """Read a plain decimal number, with or without separators between groups; None when it is none.

    Exponents, infinities and not-a-number are none; digits of any script are read.
    """
    text = text.strip().replace("−", "-")
    if len(text) > LONGEST_NUMBER or not _GROUPED.fullmatch(text):
        return None
    return Decimal(re.sub(r"[ ,  ']", "", text))


def format_number(number: int) -> str:
    """Group the digits: `12,400`, in the way of the language that is spoken."""
    return locales.write_number(number)


def format_money(minor: int, currency: str = "USD") -> str:
    """Write an amount of minor units: `$54,200.00`, or `CHF 54,200.00` where the sign is not known."""
    return locales.write_money(minor, currency)


def format_marks(units: int, denominator: int = 1, places: int | None = None) -> str:
    """Write exact marks of units over a denominator: `76.25`, or `76 1/3` where decimals would never end.

    With `places` the marks are rounded half away from zero for display only; nothing may be decided on that.
    """
    mark = Fraction(units, denominator)
    if places is not None:
        exact = Decimal(mark.numerator) / Decimal(mark.denominator)
        return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    rest = mark.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return f"{(Decimal(mark.numerator) / mark.denominator).normalize():f}"
    whole, part = divmod(abs(mark), 1)
    sign = "−" if mark < 0 else ""
    return f"{sign}{whole} {part}" if whole else f"{sign}{part}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Count things in English, on staff pages: `1 application`, `1,204 applications`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def format_size(size: int) -> Sentence:
    """Write a file's size in the unit a person would use: `340 KB`."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= step:
            amount = (Decimal(size) / step).quantize(Decimal("0.1"))
            shown = int(amount) if amount == int(amount) else amount
            return say("%(amount)s %(unit)s", amount=shown, unit=unit)
    return say_count("%(count)s byte", "%(count)s bytes", size)
