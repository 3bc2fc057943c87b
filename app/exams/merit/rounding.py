"""Rounding by a declared mode, on single fractions and on whole columns, by integers only."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from app.exams.merit.columns import distinct_numbers
from app.exams.merit.errors import MeritError
from app.exams.merit.exact import LIMIT, Flags, Integers, Marks

# half-up rounds a half away from nought, as school arithmetic and most statutes mean it.
MODES = ("half-up", "half-down", "half-even", "up", "down", "floor", "ceiling")


@dataclass(frozen=True, slots=True)
class Rounding:
    """Round to `places` decimals by one of MODES."""

    places: int
    mode: str = "half-up"

    def words(self) -> str:
        """Say the rounding in words."""
        return f"rounded to {self.places} decimals, {self.mode}"


def round_fraction(value: Fraction, rounding: Rounding) -> Fraction:
    """Round one exact number."""
    scale = 10**rounding.places
    return Fraction(round_whole(value * scale, rounding.mode), scale)


def round_whole(value: Fraction, mode: str) -> int:
    """Round one exact number to a whole one."""
    return round_ratio(value.numerator, value.denominator, mode)


def round_ratio(numerator: int, denominator: int, mode: str) -> int:
    """Round numerator/denominator (above 0) to a whole number."""
    below, remainder = divmod(numerator, denominator)
    if not remainder:
        return below
    twice = 2 * remainder
    if mode == "floor":
        up = False
    elif mode == "ceiling":
        up = True
    elif mode == "down":
        up = numerator < 0
    elif mode == "up":
        up = numerator > 0
    elif mode not in MODES:
        raise MeritError(f"{mode!r} is no rounding mode; use one of {', '.join(MODES)}.")
    elif twice != denominator:
        up = twice > denominator
    elif mode == "half-even":
        up = below % 2 == 1
    else:
        up = (mode == "half-up") == (numerator > 0)
    return below + up


def round_line(rise: int, start: int, below: int, places: Sequence[int], mode: str) -> Integers | None:
    """Round (rise x place + start) / below for many places at once, None where 62 bits are too few for it.

    Each value is cut to as many bits as there are, which leaves it short by less than a known amount. Where
    that could turn the rounding, the value is computed in full.
    """
    at = np.array(places, dtype=np.int64)
    far = max(1, *map(abs, places))
    whole = (abs(rise) * far + abs(start)) // below + 1
    bits = 61 - whole.bit_length()
    # The cut slope is short by one unit at most for each place, the cut start by one.
    short = far + 1
    if bits < 8 or short.bit_length() > bits - 4:
        return None
    cut = at * ((rise << bits) // below) + (start << bits) // below
    result = cut >> bits
    rest = cut - (result << bits)
    half = 1 << (bits - 1)
    if mode.startswith("half"):
        unsure = np.abs(rest - half) <= short
        result += rest > half
    else:
        unsure = (rest <= short) | (rest >= (half << 1) - short)
        result += {"floor": cut < cut, "ceiling": cut == cut, "down": cut < 0, "up": cut >= 0}[mode]
    for row in np.flatnonzero(unsure).tolist():
        result[row] = round_ratio(rise * places[row] + start, below, mode)
    return result


def round_marks(marks: Marks, rounding: Rounding) -> Marks:
    """Round a column; the result stands over 10 to the power of `places`."""
    scale = 10**rounding.places
    if marks.largest() * scale >= LIMIT:
        return Marks.of(round_fraction(value, rounding) for value in marks.fractions()).over(scale)
    below, remainder = np.divmod(marks.numerators.astype(np.int64) * scale, marks.denominator)
    return Marks(below + _steps_up(below, remainder, marks, rounding.mode), scale)


def _steps_up(below: Integers, remainder: Integers, marks: Marks, mode: str) -> Integers:
    """Tell for each row whether the whole part below is raised by one (0 or 1)."""
    up: Flags
    inexact, positive = remainder != 0, marks.numerators > 0
    half_or_more = 2 * remainder >= marks.denominator
    half = 2 * remainder == marks.denominator
    if mode == "floor":
        up = inexact & False
    elif mode == "ceiling":
        up = inexact
    elif mode == "down":
        up = inexact & ~positive
    elif mode == "up":
        up = inexact & positive
    elif mode == "half-even":
        up = half_or_more & (~half | (below % 2 == 1))
    elif mode == "half-up":
        up = half_or_more & (~half | positive)
    elif mode == "half-down":
        up = half_or_more & (~half | ~positive)
    else:
        raise MeritError(f"{mode!r} is no rounding mode; use one of {', '.join(MODES)}.")
    return up.astype(np.int64)


def display(value: Fraction, rounding: Rounding) -> str:
    """Write a number with a fixed count of decimals, for people."""
    return _pointed(round_whole(value * 10**rounding.places, rounding.mode), rounding.places)


def display_marks(marks: Marks, rounding: Rounding) -> list[str]:
    """Write a column with a fixed count of decimals, each distinct number once."""
    distinct, places = distinct_numbers(round_marks(marks, rounding).numerators)
    texts = [_pointed(whole, rounding.places) for whole in distinct.tolist()]
    return [texts[place] for place in places.tolist()]


def _pointed(whole: int, places: int) -> str:
    """Write a whole number with the point before its last `places` figures."""
    sign, digits = ("-" if whole < 0 else ""), str(abs(whole)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits
