"""Tests of chance."""

from fractions import Fraction
from math import sqrt

import pytest

from app.exams import merit
from app.exams.merit.fairness import significance
from app.exams.merit.fairness.four_fifths import Group
from app.exams.merit.fairness.significance import ShareTest


def test_fisher_is_as_on_paper() -> None:
    # Three of four against none of four: of 56 ways 4 give this, and 4 the reverse.
    assert significance.fisher(Group("a", 4, 3), Group("b", 4, 0)) == pytest.approx(8 / 56)


def test_deviations_are_as_on_paper() -> None:
    one, other = Group("a", 50, 30), Group("b", 100, 40)
    spread = sqrt(70 / 150 * 80 / 150 * (1 / 50 + 1 / 100))
    assert significance.deviations(one, other) == pytest.approx((0.6 - 0.4) / spread)
    assert significance.deviations(other, one) == pytest.approx((0.4 - 0.6) / spread)
    assert significance.deviations(Group("a", 5, 0), Group("b", 5, 0)) is None
    assert significance.deviations(Group("a", 5, 5), Group("b", 5, 5)) is None


def test_two_deviations_exactly_are_not_beyond_two() -> None:
    # 4 of 4 against 0 of 0 has no spread; 2 of 2 against 0 of 2 is root 4 = 2 exactly.
    assert significance.deviations(Group("a", 2, 2), Group("b", 2, 0)) == pytest.approx(2)
    assert not significance.beyond(Group("a", 2, 2), Group("b", 2, 0))
    assert significance.beyond(Group("a", 3, 3), Group("b", 2, 0))
    assert significance.beyond(Group("b", 2, 0), Group("a", 3, 3))
    assert not significance.beyond(Group("a", 3, 3), Group("b", 2, 0), 3)
    assert not significance.beyond(Group("a", 5, 5), Group("b", 5, 5))


def test_a_number_is_compared_with_a_share() -> None:
    found = significance.against_share(280, 1000, "0.40")
    assert found == ShareTest(Fraction(400), pytest.approx(sqrt(240)), pytest.approx(-120 / sqrt(240)))


def test_a_shortfall_may_be_less_than_nothing() -> None:
    assert significance.shortfall(10, 1, "0.2") == 1
    assert significance.shortfall(10, 4, Fraction(1, 3)) == Fraction(-2, 3)


@pytest.mark.parametrize(
    ("observed", "people", "share", "sentence"),
    [
        (1, 2, 0, "share: 0 does not lie between 0 and 1."),
        (1, 2, "1", "share: 1 does not lie between 0 and 1."),
        (3, 2, "0.5", "share: 3 of 2 people is impossible."),
        (-1, 2, "0.5", "share: -1 of 2 people is impossible."),
        (0, 0, "0.5", "share: 0 of 0 people is impossible."),
    ],
)
def test_impossible_shares_are_refused(observed: int, people: int, share: int | str, sentence: str) -> None:
    with pytest.raises(merit.InputError) as refused:
        significance.against_share(observed, people, share)
    assert str(refused.value) == sentence
