"""Shares and ratios compared by integers: 3/5 against 6/8 is exactly four fifths."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from app.exams.merit.errors import MeritError
from app.exams.merit.exact import fraction

Number = int | str | Fraction


def share(part: Number, whole: Number) -> Fraction:
    """Give part of whole exactly."""
    below = fraction(whole)
    if not below:
        raise MeritError("There is no share of nothing.")
    return fraction(part) / below


def combined_share(parts: Iterable[tuple[Number, Number]]) -> Fraction:
    """Add shares of different wholes, such as experience and education each against what is required.

    The sum is exact: adding rounded percentages can qualify somebody who is not, or the reverse.
    """
    return sum((share(have, need) for have, need in parts), Fraction(0))


def over_share(counts: Mapping[str, int], whole: int, limit: Number) -> tuple[str, ...]:
    """Name the groups that are more than a limit of the whole; the limit itself is not exceeded."""
    most = fraction(limit)
    return tuple(name for name, count in counts.items() if share(count, whole) > most)
