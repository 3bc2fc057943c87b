"""Standard errors and bands of totals."""

from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.merit.psychometrics import error_bands


def test_errors_follow_from_deviation_and_reliability() -> None:
    found = error_bands.error_band(Fraction(6), Fraction(1, 2), Fraction(2))
    # The difference is exact, 6; the error of one total is 6 over root 2.
    assert (found.confidence, found.difference, found.width) == (Fraction(2), Fraction(6), Fraction(12))
    assert float(found.measurement**2) == pytest.approx(18)


def test_the_width_itself_is_within() -> None:
    band = error_bands.error_band(Fraction(6), Fraction(1, 2), Fraction(2))
    assert band.around(Fraction(50)) == (Fraction(38), Fraction(62))
    assert (
        band.alike(Fraction(50), Fraction(62)),
        band.alike(Fraction(63), Fraction(50)),
        band.alike(Fraction(62), Fraction(50)),
    ) == (
        True,
        False,
        True,
    )


def test_bands_begin_anew_below_the_width() -> None:
    band = error_bands.error_band(Fraction(6), Fraction(1, 2), Fraction(2))
    totals = [
        Fraction(70),
        Fraction(90),
        Fraction(78),
        Fraction(77),
        Fraction(66),
        Fraction(65),
        Fraction(90),
    ]
    assert band.fixed(totals) == (
        (Fraction(90), Fraction(90), Fraction(78)),
        (Fraction(77), Fraction(70), Fraction(66), Fraction(65)),
    )
    assert band.fixed([]) == ()


def test_a_perfect_test_bands_equals_only() -> None:
    band = error_bands.error_band(Fraction(10), Fraction(1))
    assert (band.confidence, band.width) == (Fraction(196, 100), Fraction(0))
    assert band.fixed([Fraction(2), Fraction(1), Fraction(2)]) == ((Fraction(2), Fraction(2)), (Fraction(1),))


@pytest.mark.parametrize(
    ("deviation", "reliability", "confidence"),
    [
        (Fraction(-1), Fraction(1, 2), Fraction(2)),
        (Fraction(1), Fraction(11, 10), Fraction(2)),
        (Fraction(1), Fraction(-1, 10), Fraction(2)),
        (Fraction(1), Fraction(1, 2), Fraction(-1)),
    ],
)
def test_impossible_numbers_are_refused(
    deviation: Fraction, reliability: Fraction, confidence: Fraction
) -> None:
    with pytest.raises(merit.MeritError) as refused:
        error_bands.error_band(deviation, reliability, confidence)
    assert str(refused.value) == (
        "A band needs a deviation and a confidence from 0 up and a reliability between 0 and 1."
    )


def test_the_ends_of_what_is_possible_are_possible() -> None:
    band = error_bands.error_band(Fraction(0), Fraction(0), Fraction(0))
    assert (band.measurement, band.difference, band.width) == (0, 0, 0)
    assert error_bands.error_band(Fraction(3), Fraction(0)).measurement == 3
