"""Exact numbers, rounding, statistics and normalisation against fractions and decimals."""

import decimal
from decimal import Decimal
from fractions import Fraction
from statistics import fmean, pstdev, pvariance

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exams import merit
from app.exams.merit.normalisation import Normalisation, Sessions, normalise
from app.exams.merit.rounding import round_line, round_whole
from app.exams.merit.statistics import root
from tests.unit.exams.merit.books import WRITTEN, book

FRACTIONS = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)
MODES = {
    "half-up": decimal.ROUND_HALF_UP,
    "half-down": decimal.ROUND_HALF_DOWN,
    "half-even": decimal.ROUND_HALF_EVEN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}


@settings(max_examples=80, deadline=None)
@given(st.decimals(-1000, 1000, places=3), st.sampled_from(sorted(MODES)), st.integers(0, 3))
def test_rounding_is_what_decimal_does(value: Decimal, mode: str, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), MODES[mode])
    rounding = merit.Rounding(places, mode)
    assert merit.round_fraction(Fraction(value), rounding) == Fraction(expected)
    assert merit.round_marks(merit.Marks.of([value]), rounding).fractions() == [Fraction(expected)]
    assert merit.display(Fraction(value), rounding).lstrip("-") == format(abs(expected), f".{places}f")


@pytest.mark.parametrize("mode", sorted(MODES))
def test_halves_are_rounded_as_decimal_does(mode: str) -> None:
    values = [Decimal(quarter) / 4 for quarter in range(-14, 15)]
    expected = [Fraction(value.quantize(Decimal(1), MODES[mode])) for value in values]
    assert merit.round_marks(merit.Marks.of(values), merit.Rounding(0, mode)).fractions() == expected
    assert [merit.round_fraction(Fraction(value), merit.Rounding(0, mode)) for value in values] == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(FRACTIONS, max_size=5), FRACTIONS, FRACTIONS)
def test_columns_compute_as_fractions_do(values: list[Fraction], factor: Fraction, least: Fraction) -> None:
    marks = merit.Marks.of(values)
    assert marks.fractions() == values
    assert marks.times(factor).fractions() == [value * factor for value in values]
    assert marks.plus(marks.times(factor)).fractions() == [value * (1 + factor) for value in values]
    assert marks.at_least(least).tolist() == [value >= least for value in values]


@given(FRACTIONS)
def test_plain_text_can_be_read_back(value: Fraction) -> None:
    assert merit.fraction(merit.plain(value)) == value


@settings(max_examples=40, deadline=None)
@given(st.fractions(min_value=0, max_value=10**6, max_denominator=1000))
def test_a_root_squared_is_the_number_to_thirty_digits(value: Fraction) -> None:
    assert abs(root(value) ** 2 - value) < Fraction(1, 10**30)
    assert root(value**2) == value


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-50, 200), min_size=2, max_size=12))
def test_frequencies_have_the_mean_and_variance_of_their_people(values: list[int]) -> None:
    form = merit.Frequencies.of(values)
    assert form.mean() == Fraction(sum(values), len(values))
    assert form.variance(0) == pvariance([Fraction(value) for value in values])
    assert form.top_mean(2) == Fraction(sum(sorted(values)[-2:]), 2)


SITTINGS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["s1", "s2", "s3"])), min_size=6, max_size=14
)


def rules(method: str, base: str = "all") -> Normalisation:
    text = f'[component.normalise]\nmethod = "{method}"\nby = "shift"\nbase = "{base}"\ncitation = "test"\n'
    found = merit.rulebook.load(book(WRITTEN, text)).components[0].normalise
    assert found is not None
    return found


def normal(method: str, sittings: list[tuple[int, str]], base: str = "all") -> list[Fraction]:
    marks = merit.Marks.of([mark for mark, _ in sittings])
    present = np.ones(len(sittings), dtype=bool)
    sessions = Sessions.of(shift for _, shift in sittings)
    return normalise(rules(method, base), marks, sessions, present).marks.fractions()


@settings(max_examples=40, deadline=None)
@given(SITTINGS)
def test_percentiles_count_people_at_or_below(sittings: list[tuple[int, str]]) -> None:
    expected = []
    for mark, shift in sittings:
        own = [other for other, where in sittings if where == shift]
        exact = Fraction(100 * sum(other <= mark for other in own), len(own))
        expected.append(Fraction(round_whole(exact * 10**5, "half-up"), 10**5))
    assert normal("percentile", sittings) == expected


@settings(max_examples=40, deadline=None)
@given(SITTINGS)
def test_mean_and_deviation_follow_the_formula(sittings: list[tuple[int, str]]) -> None:
    everybody = [mark for mark, _ in sittings]
    got = normal("mean-sd", sittings)
    for (mark, shift), value in zip(sittings, got, strict=True):
        own = [other for other, where in sittings if where == shift]
        spread = pstdev(own)
        expected = fmean(everybody) + (pstdev(everybody) * (mark - fmean(own)) / spread if spread else 0)
        assert float(value) == pytest.approx(expected, abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(SITTINGS, st.sampled_from(["mean", "mean-sd", "percentile", "equipercentile"]))
def test_normalisation_keeps_the_order_inside_a_session(sittings: list[tuple[int, str]], method: str) -> None:
    base = "highest-mean" if method == "equipercentile" else "all"
    got = normal(method, sittings, base)
    for (mark, shift), value in zip(sittings, got, strict=True):
        for (other, where), peer in zip(sittings, got, strict=True):
            if where == shift and mark >= other:
                assert value >= peer


@settings(max_examples=30, deadline=None)
@given(SITTINGS)
def test_a_session_equated_to_itself_stays_as_it_is(sittings: list[tuple[int, str]]) -> None:
    form = merit.Frequencies.of([mark for mark, _ in sittings])
    assert merit.equating.equipercentile(form, form) == {mark: Fraction(mark) for mark in form.marks}


@pytest.mark.parametrize("mode", sorted(MODES))
@pytest.mark.parametrize("whole", [2**50, 2**53, 2**53 + 2**52])
def test_a_line_at_the_edge_of_its_precision_is_rounded_as_each_place_is(mode: str, whole: int) -> None:
    """With so few bits left for the fraction one value in a few stands where the cut could turn it."""
    dice = np.random.default_rng(whole)
    for far in (1, 2, 7, 14):
        for below in dice.integers(2, 1 << 20, 40).tolist():
            rise = whole // far * below // 2 + int(dice.integers(-below, below))
            start = int(dice.integers(-4 * below, 4 * below))
            places = list(range(-far, far + 1))
            line = round_line(rise, start, below, places, mode)
            assert line is None or line.tolist() == [
                round_whole(Fraction(rise * place + start, below), mode) for place in places
            ]


@pytest.mark.parametrize(
    ("whole", "far", "quick"),
    [
        # eight bits must be left for the fraction, four more than the error at the farthest place has
        (2**53 - 2, 1, True),
        (2**53 - 1, 1, False),
        (2**52, 14, True),
        (2**52, 15, False),
    ],
)
def test_a_line_is_quick_as_long_as_enough_bits_are_left(whole: int, far: int, quick: bool) -> None:
    line = round_line(whole // far, 0, 1, [far], "floor")
    assert (line is not None) == quick
    assert line is None or line.tolist() == [whole // far * far]
