"""Selection rates compared by whole numbers."""

from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.merit.fairness import four_fifths
from app.exams.merit.fairness.four_fifths import Group, OneSelection


def test_four_fifths_exactly_is_reached() -> None:
    # 3/5 against 6/8 is four fifths, though floating numbers say less.
    assert 3 / 5 / (6 / 8) < 0.8
    assert four_fifths.reaches(Group("a", 5, 3), Group("b", 8, 6))
    assert not four_fifths.reaches(Group("a", 500, 299), Group("b", 800, 600))
    assert four_fifths.reaches(Group("a", 500, 301), Group("b", 800, 600))


@pytest.mark.parametrize(
    ("group", "reference", "fewest"),
    [
        (Group("women", 100, 40), Group("men", 50, 30), 48),
        (Group("a", 5, 0), Group("b", 8, 6), 3),
        (Group("a", 7, 0), Group("b", 8, 6), 5),
        (Group("a", 7, 0), Group("b", 8, 0), 0),
    ],
)
def test_the_fewest_selections_that_reach_it(group: Group, reference: Group, fewest: int) -> None:
    assert four_fifths.needed(group, reference) == fewest


def test_the_highest_rate_is_found_and_ties_are_broken_by_size_then_name() -> None:
    assert four_fifths.highest([Group("a", 2, 1), Group("b", 4, 3)]) == Group("b", 4, 3)
    assert four_fifths.highest([Group("a", 2, 1), Group("b", 4, 2)]) == Group("b", 4, 2)
    assert four_fifths.highest([Group("b", 2, 1), Group("a", 2, 1)]) == Group("a", 2, 1)
    assert four_fifths.highest([Group("a", 0, 0)]) is None


def test_published_rates_are_compared_without_numbers_of_people() -> None:
    assert four_fifths.rate_ratios({"a": "0.5", "b": Fraction(2, 5), "c": "1/3"}) == (
        four_fifths.RateRatio("a", Fraction(1, 2), Fraction(1), False),
        four_fifths.RateRatio("b", Fraction(2, 5), Fraction(4, 5), False),
        four_fifths.RateRatio("c", Fraction(1, 3), Fraction(2, 3), True),
    )


MEN = Group("men", 20, 3)


@pytest.mark.parametrize(
    ("group", "reference", "expected"),
    [
        # One of three against one of two: with 2/10 against 2/20 the women lead.
        (Group("women", 10, 1), MEN, OneSelection("men", "women", False, True, True)),
        # 40 of 100 against 30 of 50: one more changes nothing.
        (Group("women", 100, 40), Group("men", 50, 30), OneSelection("men", "women", True, False, False)),
        # 40 of 50 against 50 of 50: just four fifths; one fewer is below.
        (Group("women", 50, 40), Group("men", 51, 50), OneSelection("women", "men", True, True, False)),
        # 79 of 100 against 99 of 100 is below; 80 against 98 is not, and still behind.
        (Group("women", 100, 79), Group("men", 100, 99), OneSelection("men", "women", False, True, False)),
        # Nothing can be taken from a group without selections, nor given to one selected whole.
        (Group("women", 5, 0), Group("men", 5, 0), None),
        (Group("women", 5, 5), Group("men", 5, 5), None),
    ],
)
def test_what_one_selection_changes(group: Group, reference: Group, expected: OneSelection | None) -> None:
    assert four_fifths.one_selection(group, reference, [group, reference]) == expected


def test_after_one_selection_another_group_may_lead() -> None:
    group, reference, third = Group("a", 10, 5), Group("b", 10, 7), Group("c", 100, 69)
    # With 6 and 6, c leads with 0.69: 0.6 is 0.87 of it.
    assert four_fifths.one_selection(group, reference, [group, reference, third]) == OneSelection(
        "b", "a", False, True, False
    )
    ahead = Group("c", 100, 90)
    assert four_fifths.one_selection(group, reference, [group, reference, ahead]) == OneSelection(
        "b", "a", True, False, False
    )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: Group("a", -1, 0), "groups, row a, column applicants: -1 is no number of people."),
        (lambda: Group("a", 1, True), "groups, row a, column selected: True is no number of people."),
        (lambda: Group("a", 1.5, 1), "groups, row a, column applicants: 1.5 is no number of people."),
        (
            lambda: Group("a", 1, 2),
            "groups, row a, column selected: 2 selected are more than the 1 applicants.",
        ),
        (lambda: four_fifths.named_once([]), "There are no groups to compare."),
        (
            lambda: four_fifths.named_once([Group("a", 1, 1), Group("a", 2, 1)]),
            "groups, row a: the group stands in it twice.",
        ),
        (
            lambda: four_fifths.needed(Group("a", 1, 1), Group("b", 0, 0)),
            "groups, row b: a group without applicants has no rate.",
        ),
        (
            lambda: four_fifths.rate_ratios({"a": 0}),
            "Rates to compare must be 0 or more, and one of them above 0.",
        ),
        (
            lambda: four_fifths.rate_ratios({"a": 1, "b": -1}),
            "Rates to compare must be 0 or more, and one of them above 0.",
        ),
        (
            lambda: four_fifths.rate_ratios({}),
            "Rates to compare must be 0 or more, and one of them above 0.",
        ),
    ],
)
def test_impossible_numbers_are_refused(call, sentence: str) -> None:
    with pytest.raises(merit.MeritError) as refused:
        call()
    assert str(refused.value) == sentence
