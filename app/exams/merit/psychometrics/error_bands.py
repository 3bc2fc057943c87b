"""How far two totals must lie apart before the test can be said to tell them apart.

Cascio, Outtz, Zedeck and Goldstein, Human Performance 4 (1991). Whether to band at all, and with which
confidence, is disputed; every number is a parameter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.bands import standard_error
from app.exams.merit.errors import MeritError
from app.exams.merit.statistics import root

# The normal quantile within which 95 of 100 differences fall when there is none.
CONFIDENCE = Fraction(196, 100)


@dataclass(frozen=True, slots=True)
class ErrorBand:
    """Standard errors of one total and of a difference of two, and the width of a band, all in marks."""

    confidence: Fraction
    measurement: Fraction
    difference: Fraction
    width: Fraction

    def around(self, total: Fraction) -> tuple[Fraction, Fraction]:
        """Give the totals that cannot be told from this one: total - width to total + width."""
        return total - self.width, total + self.width

    def alike(self, one: Fraction, other: Fraction) -> bool:
        """Tell whether two totals lie within the width; the width itself is within."""
        return abs(one - other) <= self.width

    def fixed(self, totals: Iterable[Fraction]) -> tuple[tuple[Fraction, ...], ...]:
        """Divide totals into bands from the top, each from its best total down by the width."""
        bands: list[list[Fraction]] = []
        for total in sorted(totals, reverse=True):
            if not bands or not self.alike(bands[-1][0], total):
                bands.append([])
            bands[-1].append(total)
        return tuple(tuple(band) for band in bands)


def error_band(deviation: Fraction, reliability: Fraction, confidence: Fraction = CONFIDENCE) -> ErrorBand:
    """Compute SEM = SD x root(1 - reliability), SED = SEM x root(2), width = confidence x SED.

    Roots are cut after forty digits, nothing else is rounded; a rulebook declares its own rounding.
    """
    if deviation < 0 or not 0 <= reliability <= 1 or confidence < 0:
        raise MeritError(
            "A band needs a deviation and a confidence from 0 up and a reliability between 0 and 1."
        )
    measurement = standard_error(deviation, reliability)
    difference = root(2 * deviation**2 * (1 - reliability))
    return ErrorBand(confidence, measurement, difference, confidence * difference)
