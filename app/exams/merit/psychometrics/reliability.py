"""How far a total would repeat itself: alpha, KR-20, the error of measurement, halves of a test."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import Integers
from app.exams.merit.psychometrics.moments import Moments
from app.exams.merit.psychometrics.sheets import Sheets
from app.exams.merit.psychometrics.tally import Tally
from app.exams.merit.statistics import root


@dataclass(frozen=True, slots=True)
class Reliability:
    """Internal consistency of a test.

    `mean`, `deviation` (over n - 1) and `error` (the standard error of measurement) are in marks. `kr20`
    equals `alpha` where every item earns the same mark or nothing, and is None elsewhere. `alpha_without`
    gives alpha of the test without one item, by its code; it is None where that leaves fewer than two items
    or no spread.
    """

    people: int
    items: int
    mean: Fraction
    deviation: Fraction
    alpha: Fraction
    kr20: Fraction | None
    error: Fraction
    alpha_without: dict[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class SplitHalf:
    """Two halves of a test: their correlation and the reliability of the whole test by Spearman and Brown."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    correlation: float
    reliability: float


def reliability(tally: Tally) -> Reliability:
    """Compute Cronbach's alpha, k/(k - 1) x (1 - sum of item variances / variance of totals).

    Cronbach, Psychometrika 16 (1951); for right-or-wrong items it is formula 20 of Kuder and Richardson,
    Psychometrika 2 (1937). The standard error of measurement is SD x root(1 - alpha), SD over n - 1 (Lord and
    Novick 1968, chapter 3). An item that gives everybody the same whatever they answer (a neutralised one) is
    no part of the test. Exact, apart from roots cut after forty digits.
    """
    parts = [position for position, marks in enumerate(tally.marks) if marks.min() != marks.max()]
    if len(parts) < 2:
        raise MeritError("Reliability needs at least two items that can tell people apart.")
    moments = [_moments(tally, position) for position in parts]
    n, spread = moments[0].n, moments[0].y_spread
    if n < 2 or not spread:
        raise MeritError("Reliability needs people with different totals.")
    variances = sum(item.x_spread for item in moments)
    alpha = _alpha(len(parts), variances, spread)
    deviation = root(Fraction(spread, n * (n - 1))) / tally.denominator
    without = {
        tally.item_codes[position]: _alpha_without(len(parts) - 1, variances, item)
        for position, item in zip(parts, moments, strict=True)
    }
    binary = {0} < (values := set(tally.marks[parts].ravel().tolist())) and len(values) == 2
    return Reliability(
        people=n,
        items=len(parts),
        mean=Fraction(moments[0].y, n * tally.denominator),
        deviation=deviation,
        alpha=alpha,
        kr20=alpha if binary else None,
        error=deviation * root(1 - alpha),
        alpha_without=without,
    )


def _moments(tally: Tally, position: int) -> Moments:
    """Add up over people: x the marks of one item, y the totals."""
    people = list(zip(tally.levels.tolist(), tally.at_level, strict=True))
    by_option = []
    for mark, counts in zip(tally.marks[position].tolist(), tally.counts[position].tolist(), strict=True):
        total = sum(level * count for (level, _), count in zip(people, counts, strict=True))
        by_option.append((mark, sum(counts), total))
    return Moments(
        tally.people,
        sum(mark * chosen for mark, chosen, _ in by_option),
        sum(level * count for level, count in people),
        sum(mark * mark * chosen for mark, chosen, _ in by_option),
        sum(level * level * count for level, count in people),
        sum(mark * total for mark, _, total in by_option),
    )


def _alpha(items: int, variances: int, spread: int) -> Fraction:
    return Fraction(items, items - 1) * (1 - Fraction(variances, spread))


def _alpha_without(items: int, variances: int, item: Moments) -> Fraction | None:
    spread = item.without().y_spread
    if items < 2 or not spread:
        return None
    return _alpha(items, variances - item.x_spread, spread)


def prophecy(reliability: float, factor: float) -> float:
    """Foretell the reliability of a test made `factor` times as long.

    Spearman and Brown, both British Journal of Psychology 3 (1910).
    """
    if factor <= 0 or not -1 <= reliability <= 1:
        raise MeritError("A reliability lies between -1 and 1, and a test's length is above 0.")
    below = 1 + (factor - 1) * reliability
    if below <= 0:
        raise MeritError(f"From a reliability of {reliability} nothing can be foretold for that length.")
    return factor * reliability / below


def split_half(sheets: Sheets, first: Collection[str] | None = None) -> SplitHalf:
    """Correlate two halves and step up to the whole; the halves are the odd and even items if not named.

    Unlike alpha it depends on how the test was split; the codes of both halves are in the result.
    """
    codes = sheets.item_codes
    chosen = set(codes[::2] if first is None else first)
    unknown = sorted(chosen - set(codes))
    if unknown:
        raise InputError("answer sheets", "there is no such item.", column=unknown[0])
    halves = (
        tuple(code for code in codes if code in chosen),
        tuple(code for code in codes if code not in chosen),
    )
    if not halves[0] or not halves[1]:
        raise MeritError("Each half of the test needs at least one item.")
    one = sheets.earned([codes.index(code) for code in halves[0]])
    correlation = _correlation(one, sheets.totals - one)
    if correlation is None:
        raise MeritError("In one half of the test everybody has the same marks.")
    return SplitHalf(*halves, correlation, prophecy(correlation, 2))


def _correlation(x: Integers, y: Integers) -> float | None:
    """Correlate two columns by whole sums; they are brought near 0 first so that no product overflows."""
    x, y = x - int(x.min()), y - int(y.min())
    wide = max(int(x.max()), int(y.max())) ** 2 * len(x) >= 2**62
    one, other = (x.astype(object), y.astype(object)) if wide else (x, y)
    sums = [int(np.sum(column)) for column in (one, other, one * one, other * other, one * other)]
    return Moments(len(x), *sums).correlation()
