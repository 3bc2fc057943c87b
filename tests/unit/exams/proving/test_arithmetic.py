from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.proving import normalising, ordering, rounding
from app.exams.proving.inputs import NotProvable

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half-up", [-3, -3, -2, 0, 2, 3, 3]),
        ("half-down", [-3, -2, -2, 0, 2, 2, 3]),
        ("half-even", [-3, -2, -2, 0, 2, 2, 3]),
        ("up", [-3, -3, -3, 0, 3, 3, 3]),
        ("down", [-2, -2, -2, 0, 2, 2, 2]),
        ("floor", [-3, -3, -3, 0, 2, 2, 2]),
        ("ceiling", [-2, -2, -2, 0, 3, 3, 3]),
    ],
)
def test_rounding_by_size_and_sign(mode, expected):
    values = [-2 - 2 * THIRD, -2 - HALF, -2 - THIRD, Fraction(0), 2 + THIRD, 2 + HALF, 2 + 2 * THIRD]
    assert [rounding.to_whole(value, mode) for value in values] == expected


def test_rounding_to_places_counts_units_of_the_last():
    assert rounding.to_places(Fraction("70.0005"), 3, "half-up") == 70001
    assert rounding.to_whole(Fraction(7, 2), "half-even") == 4


@pytest.mark.parametrize(
    "value", [Fraction(49, 4), Fraction(2), Fraction(1, 3), Fraction(0), Fraction(10**30, 9)]
)
def test_a_root_is_exact_where_it_can_be_and_near_where_not(value):
    root = normalising.square_root(value)
    if value in (Fraction(49, 4), Fraction(0), Fraction(10**30, 9)):
        assert root * root == value
    else:
        assert abs(root * root - value) < Fraction(1, 10**75)


def test_lots_order_people_as_the_core_draws_them():
    ids = [f"EX-{number}" for number in range(300)]
    columns = ordering.lots("seed", "L1", ids)
    mine = sorted(ids, key=lambda one: tuple(int(column[ids.index(one)]) for column in columns))
    assert mine == sorted(ids, key=lambda one: merit.draw("seed", "L1", one))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([date(1, 1, 2), None, date(1, 1, 1)], ([2, None, 1], 1)),
        (["b", "É", None, "B", "b"], ([1, 2, None, 0, 1], 1)),
        ([1, Fraction(1, 3), None, Fraction(-1, 2)], ([6, 2, None, -3], 6)),
        ([None, None], ([None, None], 1)),
    ],
)
def test_values_become_whole_numbers_in_their_order(values, expected):
    assert ordering.numbers(values, "x") == expected


@pytest.mark.parametrize("values", [[1, "a"], [1.5], [Decimal(1)], [True], [2**63]])
def test_values_without_an_exact_order_are_refused(values):
    with pytest.raises(NotProvable, match=r"(of|by) x"):
        ordering.numbers(values, "x")
