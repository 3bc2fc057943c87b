"""Intraclass correlations against numbers worked on paper."""

from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.merit.psychometrics import intraclass

# Two raters, three people; the second gives one more, and to the last two more.
RATINGS = [[1, 2], [3, 4], [5, 7]]


def test_mean_squares_and_coefficients_are_as_on_paper() -> None:
    found = intraclass.intraclass(RATINGS)
    # Means of people 3/2 7/2 6, of raters 3 13/3, of all 11/3; all squares 22 + 4/3 + ... = 70/3.
    between, raters, rest = Fraction(61, 3) / 2, Fraction(8, 3), Fraction(1, 3) / 2
    assert (found.people, found.raters, found.confidence) == (3, 2, 0.95)
    assert (found.between_people, found.between_raters, found.residual) == (between, raters, rest)
    assert found.within_people == Fraction(3, 3)
    values = {name: one.value for name, one in found.coefficients.items()}
    assert values == {
        "1,1": pytest.approx(float((between - 1) / (between + 1))),
        "1,k": pytest.approx(float((between - 1) / between)),
        "2,1": pytest.approx(float((between - rest) / (between + rest + Fraction(2, 3) * (raters - rest)))),
        "2,k": pytest.approx(float((between - rest) / (between + (raters - rest) / 3))),
        "3,1": pytest.approx(float((between - rest) / (between + rest))),
        "3,k": pytest.approx(float((between - rest) / between)),
    }
    tests = {name: (one.f, one.f_people, one.f_error) for name, one in found.coefficients.items()}
    assert tests["1,1"] == tests["1,k"] == (pytest.approx(61 / 6), 2, 3)
    assert tests["2,1"] == tests["2,k"] == tests["3,1"] == tests["3,k"] == (pytest.approx(61.0), 2, 2)
    # With two and two degrees of freedom the chance of f or more is 1 / (1 + f).
    assert found.coefficients["3,1"].p == pytest.approx(1 / 62)


def test_a_wider_confidence_gives_a_wider_interval() -> None:
    narrow, wide = (intraclass.intraclass(RATINGS, level).coefficients for level in (0.5, 0.9))
    for name, one in narrow.items():
        assert wide[name].lower < one.lower < one.value < one.upper < wide[name].upper


def test_marks_may_be_texts_and_fractions() -> None:
    exact = [[Fraction(1, 3), "2.5"], ["1/2", 3], [2, 4]]
    assert intraclass.intraclass(exact).between_people > 0


@pytest.mark.parametrize(
    ("ratings", "sentence"),
    [
        ([[1, 2]], "ratings: there must be at least two people and two raters."),
        ([[1], [2]], "ratings: there must be at least two people and two raters."),
        ([[1, 2], [1, 2, 3]], "ratings, row 2: it has 3 ratings and the first row has 2."),
        (
            [[1, 2], [1, None]],
            "ratings, row 2, column rater 2: None is not an exact number; write it as text, for example "
            '"0.25" or "1/3".',
        ),
        (
            [[1, 2], [2, 3]],
            "The marks leave no spread between people or no error of raters to compare it with.",
        ),
        (
            [[1, 2], [2, 1]],
            "The marks leave no spread between people or no error of raters to compare it with.",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(ratings, sentence: str) -> None:
    with pytest.raises(merit.MeritError) as refused:
        intraclass.intraclass(ratings)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_an_impossible_confidence_is_refused(confidence: float) -> None:
    with pytest.raises(merit.MeritError, match=r"is no confidence; it lies between 0 and 1\.$"):
        intraclass.intraclass(RATINGS, confidence)


def test_raters_who_contradict_each_other_leave_the_mean_without_reliability() -> None:
    found = intraclass.intraclass([[0, 1], [0, 1], [2, 0]]).coefficients
    # Mean squares: people 1/6, raters 0, residual 3/2; the variance of means, 1/6 - 1/2, would be below 0.
    assert found["2,1"].value == pytest.approx((1 / 6 - 3 / 2) / (1 / 6 + 3 / 2 - 1))
    assert (found["2,k"].value, found["2,k"].lower) == (None, None)
    assert found["3,k"].value == pytest.approx(-8)
