"""Agreement of raters who put people into categories, beyond what chance would give."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, sqrt
from typing import Any

from app.exams.merit.errors import InputError, MeritError

WEIGHTS = ("unweighted", "linear", "quadratic")


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of raters: 1 is complete, 0 what chance gives, below 0 is less than chance.

    `observed` and `expected` are the shares of agreement found and expected by chance. `z` tests that there
    is no agreement beyond chance, `p` is two-sided; both rest on large numbers and are None where chance
    alone leaves no spread.
    """

    value: Fraction
    observed: Fraction
    expected: Fraction
    subjects: int
    raters: int
    categories: tuple[Hashable, ...]
    z: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class FleissKappa:
    """Fleiss's kappa over all categories, and for each category against all others together.

    A category that nobody was put in, or everybody, would have none: None.
    """

    overall: Kappa
    by_category: dict[Hashable, Fraction | None]


def cohen(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    weights: str = "unweighted",
    categories: Sequence[Hashable] | None = None,
) -> Kappa:
    """Compare two raters of the same people (Cohen 1960; weighted: Cohen, Psychological Bulletin 70, 1968).

    A disagreement counts 1 ("unweighted"), or by how many places apart the two categories stand in
    `categories`: their distance ("linear") or its square ("quadratic"). Without `categories` those that
    occur are taken in rising order. The test is that of Fleiss, Cohen and Everitt, Psychological Bulletin 72
    (1969).
    """
    if weights not in WEIGHTS:
        raise MeritError(f"{weights!r} is no weighting; use one of {', '.join(WEIGHTS)}.")
    if len(first) != len(second) or not first:
        raise InputError("ratings", f"the raters rated {len(first)} and {len(second)} people.")
    order = _categories([first, second], categories, weights != "unweighted")
    places = {category: place for place, category in enumerate(order)}
    cells = Counter((places[one], places[other]) for one, other in zip(first, second, strict=True))
    n, across = len(first), range(len(order))
    rows = [Fraction(sum(cells[i, j] for j in across), n) for i in across]
    columns = [Fraction(sum(cells[i, j] for i in across), n) for j in across]
    agree = [[_agreement(weights, i, j, len(order)) for j in across] for i in across]
    observed = sum((agree[i][j] * count for (i, j), count in cells.items()), Fraction(0)) / n
    expected = _total(agree[i][j] * rows[i] * columns[j] for i in across for j in across)
    if expected == 1:
        raise MeritError("Both raters put everybody into one category, so chance alone agrees completely.")
    value = (observed - expected) / (1 - expected)
    of_row = [_total(agree[i][j] * columns[j] for j in across) for i in across]
    of_column = [_total(agree[i][j] * rows[i] for i in across) for j in across]
    spread = _total(
        rows[i] * columns[j] * (agree[i][j] - of_row[i] - of_column[j]) ** 2 for i in across for j in across
    )
    variance = (spread - expected**2) / (n * (1 - expected) ** 2)
    return Kappa(value, observed, expected, n, 2, order, *_test(value, variance))


def fleiss(ratings: Sequence[Sequence[Hashable]]) -> FleissKappa:
    """Compare several raters (Fleiss, Psychological Bulletin 76, 1971); one row of ratings for each person.

    Every person needs the same number of ratings, two or more; who gave which does not matter. The test is
    that of Fleiss, Nee and Landis, Psychological Bulletin 86 (1979).
    """
    order = _categories(list(zip(*_even(ratings), strict=True)), None, False)
    n, m = len(ratings), len(ratings[0])
    counts = [Counter(row) for row in ratings]
    shares = {category: Fraction(sum(row[category] for row in counts), n * m) for category in order}
    pairs = sum(count * (count - 1) for row in counts for count in row.values())
    observed = Fraction(pairs, n * m * (m - 1))
    expected = _total(share**2 for share in shares.values())
    if expected == 1:
        raise MeritError("Everybody was put into one category, so chance alone agrees completely.")
    value = (observed - expected) / (1 - expected)
    spreads = {category: share * (1 - share) for category, share in shares.items()}
    skew = _total(spreads[category] * (1 - 2 * share) for category, share in shares.items())
    whole = _total(spreads.values())
    variance = Fraction(2, n * m * (m - 1)) * (whole**2 - skew) / whole**2
    overall = Kappa(value, observed, expected, n, m, order, *_test(value, variance))
    apart = {category: sum(row[category] * (m - row[category]) for row in counts) for category in order}
    single = {
        category: 1 - Fraction(apart[category], n * m * (m - 1)) / spread if spread else None
        for category, spread in spreads.items()
    }
    return FleissKappa(overall, single)


def _even(ratings: Sequence[Sequence[Hashable]]) -> Sequence[Sequence[Hashable]]:
    """Refuse a table without people, with single ratings or with rows of different length."""
    if not ratings or len(ratings[0]) < 2:
        raise InputError("ratings", "there must be people with at least two ratings each.")
    for person, row in enumerate(ratings, start=1):
        if len(row) != len(ratings[0]):
            text = f"it has {len(row)} ratings and the first row has {len(ratings[0])}."
            raise InputError("ratings", text, row=str(person))
    return ratings


def _total(parts: Iterable[Fraction]) -> Fraction:
    return sum(parts, Fraction(0))


def _agreement(weights: str, one: int, other: int, categories: int) -> Fraction:
    """Give 1 for agreement and less, down to 0, for being apart."""
    if weights == "unweighted" or categories == 1:
        return Fraction(one == other)
    apart = Fraction(abs(one - other), categories - 1)
    return 1 - (apart if weights == "linear" else apart**2)


def _test(value: Fraction, variance: Fraction) -> tuple[float | None, float | None]:
    if variance <= 0:
        return None, None
    z = float(value) / sqrt(variance)
    return z, erfc(abs(z) / sqrt(2))


def _categories(
    columns: Sequence[Sequence[Hashable]], given: Sequence[Hashable] | None, weighted: bool
) -> tuple[Hashable, ...]:
    """Check every rating and give the categories in their order."""
    for rater, column in enumerate(columns, start=1):
        for person, category in enumerate(column, start=1):
            if category is None or (given is not None and category not in given):
                text = "the rating is missing." if category is None else f"{category!r} is no category."
                raise InputError("ratings", text, row=str(person), column=f"rater {rater}")
    if given is not None:
        return tuple(given)
    found = {category for column in columns for category in column}
    if weighted and any(isinstance(category, str) for category in found):
        raise MeritError("Weights need the order of the categories; name them from low to high.")
    ordered: list[Any] = list(found)
    return tuple(sorted(ordered, key=lambda category: (type(category).__name__, category)))
