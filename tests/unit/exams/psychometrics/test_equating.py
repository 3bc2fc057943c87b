"""Equating against numbers worked on paper."""

from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.merit.psychometrics import equating

# Ten people on each form; nobody has 2 on form Y, where 2 can occur.
X = merit.Frequencies((0, 1, 2, 3), (2, 4, 3, 1), 1)
Y = merit.Frequencies((0, 1, 2, 3), (5, 3, 0, 2), 1)


def test_a_percentile_rank_counts_half_of_those_at_the_mark() -> None:
    assert equating.percentile_ranks(X) == {
        Fraction(0): Fraction(1, 10),
        Fraction(1): Fraction(4, 10),
        Fraction(2): Fraction(75, 100),
        Fraction(3): Fraction(95, 100),
    }


def test_equipercentile_is_as_on_paper() -> None:
    found = equating.equipercentile(X, Y)
    # One person of five lies in the first fifth of -1/2 to 1/2; four in its last; 7.5 is 2.5/3 of 1/2 to 3/2;
    # 9.5 is 3/4 of 5/2 to 7/2.
    assert found == equating.Conversion(
        "equipercentile",
        (Fraction(0), Fraction(1), Fraction(2), Fraction(3)),
        (Fraction(-3, 10), Fraction(3, 10), Fraction(1, 2) + Fraction(5, 6), Fraction(5, 2) + Fraction(3, 4)),
    )


def test_a_stretch_with_nobody_is_met_in_its_middle() -> None:
    x = merit.Frequencies((0, 1), (6, 4), 1)
    y = merit.Frequencies((0, 1, 2, 3), (3, 0, 0, 7), 1)
    # Half of six people is three: every point of form Y from 1/2 to 5/2 has just those below it.
    assert equating.equipercentile(x, y).of(Fraction(0)) == Fraction(3, 2)


def test_ranks_of_nought_and_one_reach_to_the_ends_of_the_scale() -> None:
    x = merit.Frequencies((0, 1, 2), (0, 5, 0), 1)
    y = merit.Frequencies((0, 1, 2), (0, 5, 0), 1)
    assert equating.equipercentile(x, y).equivalents == (Fraction(0), Fraction(1), Fraction(2))


def test_marks_may_stand_in_other_steps_and_leave_out_what_nobody_has() -> None:
    x = merit.Frequencies((0, 5, 10), (2, 4, 4), 10)
    y = merit.Frequencies((0, 10), (5, 5), 10)
    found = equating.equipercentile(x, y, Fraction(1, 2))
    assert found.marks == (Fraction(0), Fraction(1, 2), Fraction(1))
    # In steps of a half, form Y has people from -1/4 to 1/4 and from 3/4 to 5/4.
    assert found.equivalents == (
        Fraction(-1, 4) + Fraction(1, 10),
        Fraction(-1, 4) + Fraction(4, 10),
        Fraction(3, 4) + Fraction(3, 10),
    )


def test_mean_and_linear_are_lines() -> None:
    mean, linear = equating.mean(X, Y), equating.linear(X, Y)
    assert (mean.method, mean.slope, mean.intercept) == (
        "mean",
        Fraction(1),
        Fraction(9, 10) - Fraction(13, 10),
    )
    assert mean.equivalents == tuple(mark - Fraction(4, 10) for mark in mean.marks)
    assert linear.method == "linear"
    assert linear.slope is not None
    assert linear.intercept is not None
    # Variances of 10 people: 25/10 - 1.3 squared and 21/10 - 0.9 squared.
    assert float(linear.slope**2) == pytest.approx((2.1 - 0.81) / (2.5 - 1.69))
    assert linear.of(Fraction(2)) == 2 * linear.slope + linear.intercept
    assert float(linear.slope * Fraction(13, 10) + linear.intercept) == pytest.approx(0.9)


def test_the_deviation_of_a_sample_changes_forms_of_different_size_only() -> None:
    more = merit.Frequencies((0, 1, 2, 3), (4, 8, 6, 2), 1)
    assert float(equating.linear(X, Y, 1).slope or 0) == pytest.approx(
        float(equating.linear(X, Y).slope or 0)
    )
    ratio = equating.linear(more, Y, 1).slope / equating.linear(more, Y).slope
    assert float(ratio) == pytest.approx((10 / 9 * 19 / 20) ** 0.5)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: equating.equipercentile(X, merit.Frequencies((), (), 1)), "Nobody sat form Y."),
        (lambda: equating.equipercentile(merit.Frequencies((1,), (0,), 1), Y), "Nobody sat form X."),
        (
            lambda: equating.equipercentile(X, merit.Frequencies((0, 5), (1, 1), 10)),
            "form Y, row 1/2: the mark lies off the scale of steps of 1, or has fewer than 0 people.",
        ),
        (
            lambda: equating.equipercentile(merit.Frequencies((0, 1), (3, -1), 1), Y),
            "form X, row 1: the mark lies off the scale of steps of 1, or has fewer than 0 people.",
        ),
        (
            lambda: equating.equipercentile(X, Y, Fraction(0)),
            "The step from one mark to the next must be above 0.",
        ),
        (lambda: equating.mean(X, Y).of(Fraction(7)), "conversion, row 7: form X has no such mark."),
    ],
)
def test_what_cannot_be_equated_is_refused(call, sentence: str) -> None:
    with pytest.raises(merit.MeritError) as refused:
        call()
    assert str(refused.value) == sentence
