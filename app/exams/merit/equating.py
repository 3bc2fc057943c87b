"""Stage 3: equating two forms of a test by frequency tables: mean, linear, equipercentile."""

from fractions import Fraction

from app.exams.merit.errors import MeritError
from app.exams.merit.statistics import Frequencies


def mean_shift(x: Frequencies, y: Frequencies) -> Fraction:
    """Give what mean equating adds to a mark of form X to bring it to form Y."""
    return y.mean() - x.mean()


def linear(x: Frequencies, y: Frequencies, ddof: int = 0) -> tuple[Fraction, Fraction]:
    """Give slope and intercept of linear equating of form X to form Y (SD to forty digits)."""
    spread = x.deviation(ddof)
    if not spread:
        raise MeritError("Form X has one mark only; a line needs two.")
    slope = y.deviation(ddof) / spread
    return slope, y.mean() - slope * x.mean()


def equipercentile(x: Frequencies, y: Frequencies) -> dict[int, Fraction]:
    """Map each mark of form X (its numerator) to the mark of form Y with the same percentile rank.

    Percentile ranks count half of the people at a mark (Kolen and Brennan); between two marks of form Y the
    value is interpolated, outside them it is the end of the range.
    """
    ranks_y = _ranks(y)
    marks_y = [Fraction(mark, y.denominator) for mark in y.marks]
    return {mark: _inverse(rank, ranks_y, marks_y) for mark, rank in zip(x.marks, _ranks(x), strict=True)}


def _ranks(form: Frequencies) -> list[Fraction]:
    below, ranks = 0, []
    for count in form.counts:
        ranks.append(Fraction(2 * below + count, 2 * form.people))
        below += count
    return ranks


def _inverse(rank: Fraction, ranks: list[Fraction], marks: list[Fraction]) -> Fraction:
    if rank <= ranks[0]:
        return marks[0]
    for place in range(1, len(ranks)):
        if rank <= ranks[place]:
            share = (rank - ranks[place - 1]) / (ranks[place] - ranks[place - 1])
            return marks[place - 1] + share * (marks[place] - marks[place - 1])
    return marks[-1]
