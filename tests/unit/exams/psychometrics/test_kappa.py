"""Kappa against numbers worked on paper."""

from fractions import Fraction
from math import erfc, sqrt

import pytest

from app.exams import merit
from app.exams.merit.psychometrics import kappa

# Ten people, three grades: seven agreements, two neighbours, one pair far apart.
FIRST = [1, 1, 1, 1, 2, 2, 2, 3, 3, 3]
SECOND = [1, 1, 1, 2, 2, 2, 3, 3, 3, 1]


def test_cohen_is_as_on_paper() -> None:
    found = kappa.cohen(FIRST, SECOND)
    expected = Fraction(4 * 4 + 3 * 3 + 3 * 3, 100)
    assert (found.observed, found.expected) == (Fraction(7, 10), expected)
    assert found.value == (Fraction(7, 10) - expected) / (1 - expected)
    assert (found.subjects, found.raters, found.categories) == (10, 2, (1, 2, 3))
    # Margins 4 3 3 of both: sum of pq(p + q) is 2 x (64 + 27 + 27)/1000.
    variance = (expected + expected**2 - Fraction(236, 1000)) / (10 * (1 - expected) ** 2)
    z = float(found.value) / sqrt(variance)
    assert (found.z, found.p) == (pytest.approx(z), pytest.approx(erfc(z / sqrt(2))))


@pytest.mark.parametrize(("weights", "near"), [("linear", Fraction(1, 2)), ("quadratic", Fraction(3, 4))])
def test_neighbours_count_in_part(weights: str, near: Fraction) -> None:
    found = kappa.cohen(FIRST, SECOND, weights)
    # Chance: the diagonal 34, neighbours 12 + 12 + 9 + 9, far apart 12 + 12, of a hundred.
    expected = Fraction(34, 100) + near * Fraction(42, 100)
    assert (found.observed, found.expected) == (Fraction(7, 10) + near * Fraction(2, 10), expected)
    assert found.value == (found.observed - expected) / (1 - expected)


def test_categories_nobody_used_widen_the_scale() -> None:
    assert kappa.cohen(FIRST, SECOND, "linear", [1, 2, 3, 4, 5]).observed == Fraction(7 * 4 + 2 * 3 + 2, 40)
    assert kappa.cohen(["b", "a"], ["b", "b"], categories=["b", "a"]).categories == ("b", "a")


def test_complete_agreement_is_one() -> None:
    found = kappa.cohen(["x", "y"], ["x", "y"])
    assert (found.value, found.expected) == (Fraction(1), Fraction(1, 2))


def test_raters_who_never_use_the_same_category() -> None:
    found = kappa.cohen(["a", "a"], ["b", "b"])
    assert (found.value, found.z, found.p) == (Fraction(0), None, None)


def test_fleiss_is_as_on_paper() -> None:
    found = kappa.fleiss([["a", "a", "a"], ["a", "a", "b"], ["b", "b", "b"], ["a", "b", "b"]])
    # Six of twelve in each category; agreeing pairs 3 + 1 + 3 + 1 of 12.
    assert (found.overall.observed, found.overall.expected) == (Fraction(8, 12), Fraction(1, 2))
    assert (found.overall.value, found.overall.subjects, found.overall.raters) == (Fraction(1, 3), 4, 3)
    # Variance 2 / (4 x 3 x 2) x ((1/2)^2 - 0) / (1/2)^2.
    assert found.overall.z == pytest.approx((1 / 3) / sqrt(1 / 12))
    assert found.by_category == {"a": Fraction(1, 3), "b": Fraction(1, 3)}


def test_each_category_has_a_kappa_of_its_own() -> None:
    found = kappa.fleiss([["a", "a"], ["a", "b"], ["c", "c"], ["b", "b"], ["a", "a"]])
    # a: 5 of 10, apart once of 2 x 5 pairs; b: 3 of 10, once; c: 2 of 10, never.
    assert found.by_category == {
        "a": 1 - Fraction(1, 10) / Fraction(25, 100),
        "b": 1 - Fraction(1, 10) / Fraction(21, 100),
        "c": Fraction(1),
    }


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: kappa.cohen([1], [1], "cubic"),
            "'cubic' is no weighting; use one of unweighted, linear, quadratic.",
        ),
        (lambda: kappa.cohen([1, 2], [1]), "ratings: the raters rated 2 and 1 people."),
        (lambda: kappa.cohen([], []), "ratings: the raters rated 0 and 0 people."),
        (lambda: kappa.cohen([1, None], [1, 2]), "ratings, row 2, column rater 1: the rating is missing."),
        (
            lambda: kappa.cohen([1, 2], [1, 9], categories=[1, 2]),
            "ratings, row 2, column rater 2: 9 is no category.",
        ),
        (
            lambda: kappa.cohen(["low", "high"], ["low", "low"], "linear"),
            "Weights need the order of the categories; name them from low to high.",
        ),
        (
            lambda: kappa.cohen([1, 1], [1, 1]),
            "Both raters put everybody into one category, so chance alone agrees completely.",
        ),
        (
            lambda: kappa.fleiss([["a", "a"], ["a", "a"]]),
            "Everybody was put into one category, so chance alone agrees completely.",
        ),
        (
            lambda: kappa.fleiss([["a", "b"], ["a"]]),
            "ratings, row 2: it has 1 ratings and the first row has 2.",
        ),
        (
            lambda: kappa.fleiss([["a", "b"], ["a", None]]),
            "ratings, row 2, column rater 2: the rating is missing.",
        ),
        (lambda: kappa.fleiss([["a"]]), "ratings: there must be people with at least two ratings each."),
        (lambda: kappa.fleiss([]), "ratings: there must be people with at least two ratings each."),
    ],
)
def test_what_cannot_be_compared_is_refused(call, sentence: str) -> None:
    with pytest.raises(merit.MeritError) as refused:
        call()
    assert str(refused.value) == sentence
