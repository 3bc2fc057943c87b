"""Exact numbers: fractions read from text, and columns of integers over one common denominator."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from app.exams.merit import columns
from app.exams.merit.errors import MeritError

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# One bit below the largest 64-bit integer, so that a sum of two columns within it cannot overflow.
LIMIT = 2**62
# Marks looked at in one go for a divisor that all share; mostly the first few have none.
SHARED = 1 << 12


def fraction(value: int | str | Fraction | Decimal) -> Fraction:
    """Read an exact number from 3, "3.25", "-1/3" or a Decimal; floats are refused."""
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction | Decimal):
        raise MeritError(f'{value!r} is not an exact number; write it as text, for example "0.25" or "1/3".')
    try:
        return Fraction(value.strip() if isinstance(value, str) else value)
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise MeritError(f"{value!r} is not an exact number.") from error


def plain(value: Fraction) -> str:
    """Write a fraction as a decimal where it ends within twelve places, else as "193/3"."""
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 13):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return f"{value.numerator}/{value.denominator}"


def canonical(data: Any) -> str:
    """Write data as JSON with sorted keys and no spaces, so that equal data give equal bytes."""

    def other(value: object) -> str:
        if isinstance(value, datetime | date):
            return value.isoformat()
        if isinstance(value, Fraction):
            return f"{value.numerator}/{value.denominator}"
        raise TypeError(f"{type(value).__name__} has no canonical form.")

    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=other)


def digest(data: Any) -> str:
    """Give the SHA-256 of the canonical JSON, in hexadecimal; dictionaries may hold arrays as lists."""
    summer = hashlib.sha256()
    for piece in columns.json_pieces(data, canonical):
        summer.update(piece)
    return summer.hexdigest()


@dataclass(frozen=True, slots=True)
class Marks:
    """A column of marks: `numerators` (int64, shape (n,)) in units of 1/`denominator`."""

    numerators: Integers
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator < 1:
            raise MeritError("A denominator must be 1 or more.")
        if not np.issubdtype(self.numerators.dtype, np.integer):
            raise MeritError("Marks must be whole numbers over a denominator, never floats.")

    @classmethod
    def of(cls, values: Iterable[int | str | Fraction | Decimal]) -> "Marks":
        """Make a column from exact numbers, over their least common denominator."""
        exact = [fraction(value) for value in values]
        denominator = lcm(1, *(value.denominator for value in exact))
        numerators = [value.numerator * (denominator // value.denominator) for value in exact]
        if any(abs(numerator) >= LIMIT for numerator in numerators):
            raise MeritError("These marks need more than 62 bits over a common denominator.")
        return cls(np.array(numerators, dtype=np.int64), denominator)

    def __len__(self) -> int:
        return len(self.numerators)

    def fraction(self, index: int) -> Fraction:
        """Give one mark exactly."""
        return Fraction(int(self.numerators[index]), self.denominator)

    def fractions(self) -> list[Fraction]:
        """Give all marks exactly, in order."""
        return [Fraction(numerator, self.denominator) for numerator in self.numerators.tolist()]

    def largest(self) -> int:
        """Give the largest absolute numerator, 0 for an empty column."""
        if not len(self.numerators):
            return 0
        return max(abs(int(self.numerators.max())), abs(int(self.numerators.min())))

    def times(self, factor: Fraction) -> "Marks":
        """Multiply by an exact factor; refused when 62 bits do not hold the result."""
        if factor == 1:
            return self
        common = gcd(factor.numerator, self.denominator) or 1
        numerator, denominator = factor.numerator // common, self.denominator // common * factor.denominator
        if self.largest() * abs(numerator) >= LIMIT or denominator >= LIMIT:
            raise MeritError(f"Multiplying these marks by {factor} needs more than 62 bits.")
        return Marks(self.numerators.astype(np.int64, copy=False) * numerator, denominator)

    def over(self, denominator: int) -> "Marks":
        """Write the same marks over a multiple of the denominator."""
        if denominator % self.denominator:
            raise MeritError(f"{denominator} is no multiple of the denominator {self.denominator}.")
        if denominator == self.denominator:
            return self
        factor = denominator // self.denominator
        if self.largest() * factor >= LIMIT:
            raise MeritError(f"These marks over {denominator} need more than 62 bits.")
        return Marks(self.numerators.astype(np.int64, copy=False) * factor, denominator)

    def plus(self, other: "Marks") -> "Marks":
        """Add two columns of the same length over their least common denominator."""
        denominator = lcm(self.denominator, other.denominator)
        left, right = self.over(denominator), other.over(denominator)
        return Marks(left.numerators + right.numerators, denominator)

    def at_least(self, threshold: Fraction) -> Flags:
        """Tell who has the threshold or more, by integers."""
        needed = -((-threshold.numerator * self.denominator) // threshold.denominator)
        return self.numerators >= needed

    def reduced(self) -> dict[str, Any]:
        """Write the column as plain data over its smallest denominator: equal marks, equal digests."""
        common = self.denominator
        for start in range(0, len(self), SHARED):
            if common == 1:
                break
            common = int(np.gcd.reduce(self.numerators[start : start + SHARED], initial=common))
        numerators = self.numerators if common == 1 else self.numerators // common
        return {"denominator": self.denominator // common, "numerators": numerators}

    def take(self, indices: Integers | Flags) -> "Marks":
        """Pick rows."""
        return Marks(self.numerators[indices], self.denominator)


def zeros(count: int) -> Marks:
    """Give a column of noughts."""
    return Marks(np.zeros(count, dtype=np.int64), 1)


def total(columns: Sequence[Marks], count: int) -> Marks:
    """Add columns; nought for everybody when there is none."""
    result = zeros(count)
    for column in columns:
        result = result.plus(column)
    return result
