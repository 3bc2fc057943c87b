"""Cut scores by judges."""

from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.merit.psychometrics import cut_scores


def test_the_cut_is_the_mean_of_the_judges() -> None:
    found = cut_scores.angoff([["0.5", "1/4"], [1, "0.75"], ["0.6", "0.5"]])
    assert found.judge_cuts == (Fraction(3, 4), Fraction(7, 4), Fraction(11, 10))
    assert (found.judges, found.items, found.cut) == (3, 2, Fraction(12, 10))
    spread = (Fraction(9, 20) ** 2 + Fraction(11, 20) ** 2 + Fraction(1, 10) ** 2) / 2
    assert float(found.deviation**2) == pytest.approx(float(spread))
    assert float(found.error**2) == pytest.approx(float(spread / 3))
    assert found.item_means == (Fraction(7, 10), Fraction(1, 2))
    assert [float(value) for value in found.item_deviations] == [pytest.approx(0.07**0.5), 0.25]


def test_items_may_be_worth_more_than_one_mark() -> None:
    assert cut_scores.angoff([["0.5", "1"], ["1", "0"]], worth=[2, "1/2"]).judge_cuts == (
        Fraction(3, 2),
        Fraction(2),
    )


@pytest.mark.parametrize(
    ("ratings", "worth", "sentence"),
    [
        ([["1"]], None, "ratings: there must be at least two judges and one item."),
        ([[], []], None, "ratings: there must be at least two judges and one item."),
        ([["1"], ["1", "0"]], None, "ratings, row judge 2: it has 2 ratings for 1 items."),
        ([["1"], ["1"]], [1, 1], "ratings, row judge 1: it has 1 ratings for 2 items."),
        ([["1"], ["1.01"]], None, "ratings, row judge 2, column item 1: 1.01 is no chance between 0 and 1."),
        ([["1"], ["-1/9"]], None, "ratings, row judge 2, column item 1: -1/9 is no chance between 0 and 1."),
        ([["1"], ["x"]], None, "ratings, row judge 2, column item 1: 'x' is not an exact number."),
    ],
)
def test_what_is_no_rating_is_refused(ratings, worth, sentence: str) -> None:
    with pytest.raises(merit.MeritError) as refused:
        cut_scores.angoff(ratings, worth)
    assert str(refused.value) == sentence
