"""Exact numbers, rounding, tables, statistics and packed sorting at their limits."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from app.exams import merit
from app.exams.merit import packing
from app.exams.merit.exact import canonical
from app.exams.merit.statistics import root
from tests.unit.exams.merit.books import book

BIG = 2**61


@pytest.mark.parametrize("value", [0.5, True, None, "x", "1/0"])
def test_what_is_no_exact_number_is_refused(value: object) -> None:
    with pytest.raises(merit.MeritError, match="is not an exact number"):
        merit.fraction(value)  # type: ignore[arg-type]


def test_plain_text_of_numbers() -> None:
    values = ["5", "-0.05", "193/3", "0.000000000001"]
    assert [merit.plain(merit.fraction(value)) for value in values] == values


def test_canonical_text_knows_dates_and_fractions_only() -> None:
    assert canonical({"b": date(2026, 1, 2), "a": Fraction(1, 3)}) == '{"a":"1/3","b":"2026-01-02"}'
    with pytest.raises(TypeError, match="object has no canonical form"):
        canonical(object())


def test_columns_refuse_what_62_bits_do_not_hold() -> None:
    with pytest.raises(merit.MeritError, match="need more than 62 bits"):
        merit.Marks.of([2**62])
    with pytest.raises(merit.MeritError, match="Multiplying these marks by 2 needs more than 62 bits"):
        merit.Marks.of([BIG]).times(Fraction(2))
    with pytest.raises(merit.MeritError, match="These marks over 3 need more than 62 bits"):
        merit.Marks.of([BIG]).over(3)
    with pytest.raises(merit.MeritError, match="3 is no multiple of the denominator 2"):
        merit.Marks.of(["1/2"]).over(3)


def test_columns_are_integers_over_a_denominator() -> None:
    with pytest.raises(merit.MeritError, match="A denominator must be 1 or more"):
        merit.Marks(np.array([1]), 0)
    with pytest.raises(merit.MeritError, match="never floats"):
        merit.Marks(np.array([0.5]), 1)
    assert (len(merit.Marks.of([])), merit.Marks.of([]).largest()) == (0, 0)


def test_rounding_modes_have_names() -> None:
    with pytest.raises(merit.MeritError, match="'odd' is no rounding mode"):
        merit.round_fraction(Fraction(1, 3), merit.Rounding(0, "odd"))
    with pytest.raises(merit.MeritError, match="'odd' is no rounding mode"):
        merit.round_marks(merit.Marks.of(["1/3"]), merit.Rounding(0, "odd"))
    assert merit.round_fraction(Fraction(-1, 3), merit.Rounding(0, "up")) == -1
    even = merit.Rounding(0, "half-even")
    assert [merit.round_fraction(Fraction(half, 2), even) for half in (5, 7, -5)] == [2, 4, -2]
    assert merit.round_marks(merit.Marks(np.array([BIG]), 10**10), merit.Rounding(5)).fractions() == [
        merit.round_fraction(Fraction(BIG, 10**10), merit.Rounding(5))
    ]
    assert merit.display(Fraction(-7, 2), merit.Rounding(0)) == "-4"


def test_an_empty_column_has_nothing_to_look_up() -> None:
    table = merit.rulebook.load(
        book("[[table]]\nname = 't'\ncitation = 'x'\nstep = [{ from = '1', value = '2' }]\n")
    )
    assert len(table.table("t").convert(merit.Marks.of([]))) == 0


def test_a_period_may_be_in_years_and_a_table_has_no_value_below_its_first_step() -> None:
    text = """
    [[period]]
    name = "life"
    years = 1
    months = 1
    days = 1
    citation = "x"
    [[table]]
    name = "t"
    citation = "x"
    step = [{ from = "1", value = "low" }]
    """
    rules = merit.rulebook.load(book(text))
    assert rules.period("life").ends_on(date(2026, 1, 31)) == date(2027, 3, 1)
    assert (rules.table("t").value("0.99"), rules.table("t").value(1)) == (None, "low")


def test_people_at_or_below_are_counted_by_the_mark_itself() -> None:
    quarters = merit.Frequencies.of([1, 2, 2, 5], 4)
    marks = ["0.2", "0.25", "0.49", "1/2", "1.25", "2"]
    assert [quarters.at_or_below(merit.fraction(mark)) for mark in marks] == [0, 1, 1, 3, 4, 4]


def test_statistics_of_nobody_are_refused() -> None:
    nobody, one = merit.Frequencies.of([]), merit.Frequencies.of([5])
    with pytest.raises(merit.MeritError, match="no mean of nobody"):
        nobody.mean()
    with pytest.raises(merit.MeritError, match="more than 1 people"):
        one.variance(1)
    with pytest.raises(merit.MeritError, match="not 2 marks"):
        one.top_mean(2)
    with pytest.raises(merit.MeritError, match="no square root"):
        root(Fraction(-1))
    with pytest.raises(merit.MeritError, match="a line needs two"):
        merit.equating.linear(one, merit.Frequencies.of([1, 2]))
    with pytest.raises(merit.MeritError, match="no share of nothing"):
        merit.shares.share(1, 0)


def test_equipercentile_stays_inside_the_range_of_the_base() -> None:
    x, y = merit.Frequencies.of([0, 1, 2, 3]), merit.Frequencies.of([10, 20])
    assert merit.equating.equipercentile(x, y) == {0: 10, 1: Fraction(25, 2), 2: Fraction(35, 2), 3: 20}


def test_words_longer_than_a_machine_word_are_sorted_bit_by_bit() -> None:
    columns = [np.array([1, 1, 0, 1]), np.array([BIG, BIG, 0, 0]), np.array([-BIG, -BIG + 1, 0, 5])]
    places, new = packing.order(columns, 4)
    assert places.tolist() == [2, 3, 0, 1]
    assert new.tolist() == [True, True, True, True]


def test_texts_are_ordered_by_code_point() -> None:
    long = [f"अ{'x' * length}{end}" for length in range(6) for end in "ba"]
    for values in (
        ["b", "a", "ab", "á"],
        ["b", "अ", "a", "अआ"],
        long,
        [f"{'y' * 20}{n}" for n in range(9, 0, -1)],
    ):
        array = np.array(values)
        places, _ = packing.order(packing.text_words(array), len(values))
        assert array[places].tolist() == sorted(values)


def test_nobody_has_an_order_too() -> None:
    places, new = packing.order([np.zeros(0, dtype=np.int64)], 0)
    assert (places.tolist(), new.tolist()) == ([], [])
