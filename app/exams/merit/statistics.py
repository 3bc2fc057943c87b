"""Means and deviations exactly, and square roots to forty digits, so that floats decide nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from operator import mul

from app.exams.merit.errors import MeritError

# Forty digits: twenty more than any mark of 62 bits can hold.
DIGITS = 10**40


def root(value: Fraction) -> Fraction:
    """Give the square root: exact where it is rational, else cut after forty digits."""
    if value < 0:
        raise MeritError("There is no square root of a number below 0.")
    above, below = isqrt(value.numerator), isqrt(value.denominator)
    if above * above == value.numerator and below * below == value.denominator:
        return Fraction(above, below)
    return Fraction(isqrt(value.numerator * value.denominator * DIGITS**2), value.denominator * DIGITS)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Distinct whole marks in rising order, in units of 1/denominator, and how many people have each."""

    marks: tuple[int, ...]
    counts: tuple[int, ...]
    denominator: int

    @classmethod
    def of(cls, values: Sequence[int], denominator: int = 1) -> "Frequencies":
        """Count single values."""
        found: dict[int, int] = {}
        for value in values:
            found[value] = found.get(value, 0) + 1
        ordered = sorted(found)
        return cls(tuple(ordered), tuple(found[mark] for mark in ordered), denominator)

    @property
    def people(self) -> int:
        """Count the people."""
        return sum(self.counts)

    def mean(self) -> Fraction:
        """Give the mean mark."""
        if not self.people:
            raise MeritError("There is no mean of nobody.")
        return Fraction(sum(map(mul, self.marks, self.counts)), self.people * self.denominator)

    def variance(self, ddof: int) -> Fraction:
        """Give the variance over n - ddof: 0 for a whole population, 1 for a sample."""
        if self.people <= ddof:
            raise MeritError(f"A deviation needs more than {ddof} people.")
        weighted = list(map(mul, self.marks, self.counts))
        added, squares = sum(weighted), sum(map(mul, self.marks, weighted))
        spread = Fraction(squares) - Fraction(added * added, self.people)
        return spread / (self.people - ddof) / self.denominator**2

    def deviation(self, ddof: int) -> Fraction:
        """Give the standard deviation."""
        return root(self.variance(ddof))

    def top_mean(self, count: int) -> Fraction:
        """Give the mean of the `count` highest marks."""
        left, added = count, 0
        for mark, people in zip(reversed(self.marks), reversed(self.counts), strict=True):
            taken = min(left, people)
            added, left = added + taken * mark, left - taken
            if not left:
                break
        if left or not count:
            raise MeritError(f"There are not {count} marks to take the mean of.")
        return Fraction(added, count * self.denominator)

    def at_or_below(self, mark: Fraction) -> int:
        """Count the people with the mark or less."""
        return sum(
            count
            for own, count in zip(self.marks, self.counts, strict=True)
            if own * mark.denominator <= mark.numerator * self.denominator
        )
