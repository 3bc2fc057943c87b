"""Reliability against numbers worked on paper."""

from dataclasses import replace
from fractions import Fraction
from math import sqrt

import pytest

from app.exams import merit
from app.exams.merit.psychometrics import reliability, sheets, tally
from tests.unit.exams.psychometrics.small import KEY, RESPONSES, answered


def sheet(*rows: list[int]) -> sheets.Sheets:
    return sheets.of_marks([str(column) for column in range(len(rows[0]))], rows)


def test_alpha_is_as_on_paper() -> None:
    found = reliability.reliability(tally.count(answered()))
    # Item spreads times n squared: 4 x 3 - 9, 4 x 2 - 4, 4 x 2 - 4; of the totals 4 x 15 - 49.
    alpha = Fraction(3, 2) * (1 - Fraction(3 + 4 + 4, 11))
    assert (found.people, found.items, found.mean) == (4, 3, Fraction(7, 4))
    assert (found.alpha, found.kr20) == (alpha, alpha)
    assert float(found.deviation) == pytest.approx(sqrt(11 / 12))
    assert float(found.error) == pytest.approx(sqrt(11 / 12))
    # Without item 1 the other totals are 2 1 0 1, spread 8; without 2 2 1 1 1, 3; without 3 2 2 1 0, 11.
    assert found.alpha_without == {
        "1": 2 * (1 - Fraction(8, 8)),
        "2": 2 * (1 - Fraction(7, 3)),
        "3": 2 * (1 - Fraction(7, 11)),
    }


def test_a_neutralised_item_is_no_part_of_the_test() -> None:
    key = merit.Key(1, (merit.Item("1", treatment="neutralised"), *KEY.items[1:]))
    found = reliability.reliability(tally.count(sheets.of_key(key, RESPONSES)))
    assert (found.items, found.alpha, found.alpha_without) == (2, Fraction(0), {"2": None, "3": None})


def test_an_item_everybody_has_right_counts_as_an_item() -> None:
    found = reliability.reliability(tally.count(sheet([1, 1, 1], [1, 0, 0], [1, 1, 1])))
    assert (found.items, found.alpha) == (3, Fraction(3, 2) * Fraction(1, 2))
    assert found.alpha_without["0"] == 1


@pytest.mark.parametrize(
    ("rows", "kr20"),
    [
        ([[4, 0], [0, 0], [4, 4]], Fraction(2) * (1 - Fraction(12 * 16, 8 * 16 * 3))),
        ([[2, 0], [0, 1], [2, 1]], None),
    ],
)
def test_formula_20_is_for_items_of_one_worth(rows: list[list[int]], kr20: Fraction | None) -> None:
    found = reliability.reliability(tally.count(sheets.of_marks(["a", "b"], rows)))
    assert found.kr20 == (found.alpha if kr20 is not None else None)


def test_marks_in_thirds_are_given_in_marks() -> None:
    whole = reliability.reliability(tally.count(answered()))
    thirds = reliability.reliability(tally.count(replace(answered(), denominator=3)))
    assert (thirds.mean, thirds.alpha) == (whole.mean / 3, whole.alpha)
    assert (float(3 * thirds.deviation), float(3 * thirds.error)) == (
        pytest.approx(float(whole.deviation)),
        pytest.approx(float(whole.error)),
    )


def test_halves_are_the_odd_and_the_even_items() -> None:
    found = reliability.split_half(answered())
    # Items 1 and 3 against item 2: 2 1 1 1 and 1 1 0 0.
    correlation = (4 * 3 - 5 * 2) / sqrt((4 * 7 - 25) * 4)
    assert (found.first, found.second) == (("1", "3"), ("2",))
    assert found.correlation == pytest.approx(correlation)
    assert found.reliability == pytest.approx(2 * correlation / (1 + correlation))


def test_halves_can_be_named() -> None:
    found = reliability.split_half(answered(), ["2", "1"])
    assert (found.first, found.second) == (("1", "2"), ("3",))


def test_halves_of_huge_marks_do_not_overflow() -> None:
    large = replace(answered(), marks=answered().marks * 2**40, totals=answered().totals * 2**40)
    assert reliability.split_half(large) == reliability.split_half(answered())


@pytest.mark.parametrize("turned", [1, -1])
def test_halves_of_many_people_with_wide_marks_do_not_overflow(turned: int) -> None:
    rows = [[(7 * place % 300) << 21, place % 3] for place in range(300)]
    found = reliability.split_half(sheet(*(row[::turned] for row in rows)))
    same = reliability.split_half(sheet(*([7 * place % 300, place % 3][::turned] for place in range(300))))
    assert found.correlation == pytest.approx(same.correlation, abs=1e-12)


def test_length_raises_reliability() -> None:
    assert reliability.prophecy(0.5, 2) == pytest.approx(2 / 3)
    assert reliability.prophecy(2 / 3, 0.5) == pytest.approx(0.5)
    assert reliability.prophecy(-0.2, 2) == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: reliability.reliability(tally.count(sheet([1], [0]))),
            "Reliability needs at least two items that can tell people apart.",
        ),
        (
            lambda: reliability.reliability(tally.count(sheet([1, 0], [0, 1]))),
            "Reliability needs people with different totals.",
        ),
        (
            lambda: reliability.reliability(tally.count(sheet([1, 0]))),
            "Reliability needs people with different totals.",
        ),
        (
            lambda: reliability.split_half(answered(), ["9"]),
            "answer sheets, column 9: there is no such item.",
        ),
        (lambda: reliability.split_half(answered(), []), "Each half of the test needs at least one item."),
        (
            lambda: reliability.split_half(answered(), ["1", "2", "3"]),
            "Each half of the test needs at least one item.",
        ),
        (
            lambda: reliability.split_half(sheet([1, 0], [1, 1])),
            "In one half of the test everybody has the same marks.",
        ),
        (
            lambda: reliability.prophecy(0.5, 0),
            "A reliability lies between -1 and 1, and a test's length is above 0.",
        ),
        (
            lambda: reliability.prophecy(1.1, 2),
            "A reliability lies between -1 and 1, and a test's length is above 0.",
        ),
        (
            lambda: reliability.prophecy(-1.1, 0.5),
            "A reliability lies between -1 and 1, and a test's length is above 0.",
        ),
        (
            lambda: reliability.prophecy(-1.0, 2),
            "From a reliability of -1.0 nothing can be foretold for that length.",
        ),
    ],
)
def test_what_cannot_be_computed_is_refused(call, sentence: str) -> None:
    with pytest.raises(merit.MeritError) as refused:
        call()
    assert str(refused.value) == sentence
