"""Agreement of raters who give marks: the six intraclass correlations, with intervals.

Shrout and Fleiss, Psychological Bulletin 86 (1979); McGraw and Wong, Psychological Methods 1 (1996).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from scipy.special import fdtrc, fdtri  # type: ignore[import-untyped]

from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import fraction

Mark = int | str | Fraction


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One intraclass correlation with its interval, and the test that people do not differ at all.

    `f` has `f_people` and `f_error` degrees of freedom; `p` is one-sided. Where raters agree so much less
    than chance that a coefficient or a bound of model 2 has no meaning, it is None.
    """

    name: str
    value: float | None
    lower: float | None
    upper: float | None
    f: float
    f_people: int
    f_error: int
    p: float


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The six coefficients by name and the mean squares they are made from.

    "1,1": each person is rated by other raters. "2,1": the same raters, drawn from many, and a strict rater
    counts as error (agreement). "3,1": the same raters and no others; only the order of people counts
    (consistency). "1,k", "2,k", "3,k": the same for the mean of the k ratings. `between_people`,
    `between_raters`, `within_people` and `residual` are mean squares in squared marks.
    """

    people: int
    raters: int
    confidence: float
    between_people: Fraction
    between_raters: Fraction
    within_people: Fraction
    residual: Fraction
    coefficients: dict[str, Coefficient]


def intraclass(ratings: Sequence[Sequence[Mark]], confidence: float = 0.95) -> Intraclass:
    """Compute all six coefficients from one row of marks for each person, one column for each rater.

    Missing marks are refused. A coefficient below 0 says that raters agree less than chance would.
    """
    if not 0 < confidence < 1:
        raise MeritError(f"{confidence} is no confidence; it lies between 0 and 1.")
    table = _table(ratings)
    n, k = len(table), len(table[0])
    grand = sum((sum(row, Fraction(0)) for row in table), Fraction(0)) / (n * k)
    rows = [sum(row, Fraction(0)) / k for row in table]
    columns = [sum(column, Fraction(0)) / n for column in zip(*table, strict=True)]
    people = k * _squares(rows, grand)
    raters = n * _squares(columns, grand)
    whole = sum((_squares(row, grand) for row in table), Fraction(0))
    bms, jms = people / (n - 1), raters / (k - 1)
    wms, ems = (whole - people) / (n * (k - 1)), (whole - people - raters) / ((n - 1) * (k - 1))
    if not bms or not wms or not ems:
        raise MeritError("The marks leave no spread between people or no error of raters to compare it with.")
    tail = (1 - confidence) / 2
    one_way = _plain("1", n, k, bms / wms, n * (k - 1), tail)
    consistent = _plain("3", n, k, bms / ems, (n - 1) * (k - 1), tail)
    agreeing = _agreement(n, k, bms, jms, ems, tail)
    coefficients = {one.name: one for one in (*one_way, *agreeing, *consistent)}
    return Intraclass(n, k, confidence, bms, jms, wms, ems, coefficients)


def _table(ratings: Sequence[Sequence[Mark]]) -> list[list[Fraction]]:
    if len(ratings) < 2 or len(ratings[0]) < 2:
        raise InputError("ratings", "there must be at least two people and two raters.")
    table = []
    for person, row in enumerate(ratings, start=1):
        if len(row) != len(ratings[0]):
            text = f"it has {len(row)} ratings and the first row has {len(ratings[0])}."
            raise InputError("ratings", text, row=str(person))
        table.append([_mark(mark, person, rater) for rater, mark in enumerate(row, start=1)])
    return table


def _mark(mark: Mark, person: int, rater: int) -> Fraction:
    try:
        return fraction(mark)
    except MeritError as error:
        raise InputError("ratings", str(error), row=str(person), column=f"rater {rater}") from error


def _squares(values: Sequence[Fraction], mean: Fraction) -> Fraction:
    return sum(((value - mean) ** 2 for value in values), Fraction(0))


def _plain(
    model: str, n: int, k: int, ratio: Fraction, free: int, tail: float
) -> tuple[Coefficient, Coefficient]:
    """Give the single and the mean coefficient that follow from one F ratio (models 1 and 3)."""
    f = float(ratio)
    low, high = f / _quantile(n - 1, free, tail), f * _quantile(free, n - 1, tail)
    test = (f, n - 1, free, float(fdtrc(n - 1, free, f)))
    return (
        Coefficient(f"{model},1", _single(f, k), _single(low, k), _single(high, k), *test),
        Coefficient(f"{model},k", 1 - 1 / f, 1 - 1 / low, 1 - 1 / high, *test),
    )


def _single(ratio: float, k: int) -> float:
    return (ratio - 1) / (ratio + k - 1)


def _stepped(value: float | None, k: int) -> float | None:
    """Step the reliability of one rating up to that of the mean of k, None where it is too far below 0."""
    if value is None:
        return None
    below = 1 + (k - 1) * value
    return k * value / below if below > 0 else None


def _agreement(
    n: int, k: int, bms: Fraction, jms: Fraction, ems: Fraction, tail: float
) -> tuple[Coefficient, Coefficient]:
    """Give the coefficients of model 2, whose interval needs Satterthwaite's degrees of freedom.

    The interval of the mean is that of a single rating, stepped up.
    """
    b, j, e = float(bms), float(jms), float(ems)
    value = float((bms - ems) / (bms + (k - 1) * ems + Fraction(k, n) * (jms - ems)))
    whole = bms + (jms - ems) / n
    rest = float((bms - ems) / whole) if whole > 0 else None
    rater_part = k * value / (n * (1 - value))
    error_part = 1 + (n - 1) * rater_part
    free = (rater_part * j + error_part * e) ** 2 / (
        (rater_part * j) ** 2 / (k - 1) + (error_part * e) ** 2 / ((n - 1) * (k - 1))
    )
    low, high = _quantile(n - 1, free, tail), _quantile(free, n - 1, tail)
    spread = k * j + (k * n - k - n) * e
    lower = _meant(n * (b - low * e) / (low * spread + n * b))
    upper = _meant(n * (high * b - e) / (spread + n * high * b))
    test = (b / e, n - 1, (n - 1) * (k - 1), float(fdtrc(n - 1, (n - 1) * (k - 1), b / e)))
    return (
        Coefficient("2,1", value, lower, upper, *test),
        Coefficient("2,k", rest, _stepped(lower, k), _stepped(upper, k), *test),
    )


def _meant(bound: float) -> float | None:
    """Drop a bound for which there are no degrees of freedom."""
    return bound if isfinite(bound) else None


def _quantile(first: float, second: float, tail: float) -> float:
    return float(fdtri(first, second, 1 - tail))
