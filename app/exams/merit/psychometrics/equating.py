"""Bringing marks of one form of a test to the scale of another, from frequency tables, in exact fractions.

For groups that are equally able (drawn at random, or one group twice): Kolen and Brennan, Test Equating,
Scaling, and Linking (2004), chapter 2.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from app.exams.merit import equating as lines
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.statistics import Frequencies


@dataclass(frozen=True, slots=True)
class Conversion:
    """What each mark of form X is worth on form Y, both in marks.

    `slope` and `intercept` are those of the line, None for equipercentile equating.
    """

    method: str
    marks: tuple[Fraction, ...]
    equivalents: tuple[Fraction, ...]
    slope: Fraction | None = None
    intercept: Fraction | None = None

    def of(self, mark: Fraction) -> Fraction:
        """Look up one mark of form X."""
        if mark not in self.marks:
            raise InputError("conversion", "form X has no such mark.", row=str(mark))
        return self.equivalents[self.marks.index(mark)]


def mean(x: Frequencies, y: Frequencies) -> Conversion:
    """Add to each mark what the mean of form Y lies above that of form X."""
    return _line("mean", x, Fraction(1), lines.mean_shift(x, y))


def linear(x: Frequencies, y: Frequencies, ddof: int = 0) -> Conversion:
    """Keep how many standard deviations a mark lies from its mean.

    Deviations are over n - `ddof`: 0, the population, gives the constants that Kolen and Brennan print.
    """
    return _line("linear", x, *lines.linear(x, y, ddof))


def _line(method: str, form: Frequencies, slope: Fraction, intercept: Fraction) -> Conversion:
    marks = tuple(Fraction(mark, form.denominator) for mark in form.marks)
    return Conversion(method, marks, tuple(slope * mark + intercept for mark in marks), slope, intercept)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Every mark a form can give from the lowest up, one `step` apart, and how many people are at or below
    each.
    """

    lowest: Fraction
    step: Fraction
    counts: tuple[int, ...]
    reached: tuple[int, ...]

    @classmethod
    def of(cls, form: Frequencies, step: Fraction, name: str) -> "_Scale":
        """Fill in the marks that nobody has."""
        if step <= 0:
            raise MeritError("The step from one mark to the next must be above 0.")
        if not form.people:
            raise MeritError(f"Nobody sat form {name}.")
        lowest = Fraction(form.marks[0], form.denominator)
        counts: dict[int, int] = {}
        for mark, count in zip(form.marks, form.counts, strict=True):
            place = (Fraction(mark, form.denominator) - lowest) / step
            if place.denominator != 1 or count < 0:
                text = f"the mark lies off the scale of steps of {step}, or has fewer than 0 people."
                raise InputError(f"form {name}", text, row=str(Fraction(mark, form.denominator)))
            counts[int(place)] = count
        filled = tuple(counts.get(place, 0) for place in range(max(counts) + 1))
        return cls(lowest, step, filled, tuple(accumulate(filled)))

    def edge(self, place: int) -> Fraction:
        """Give the upper edge of the mark at a place; place -1 gives the lower end of the scale."""
        return self.lowest + (place + Fraction(1, 2)) * self.step


def percentile_ranks(form: Frequencies) -> dict[Fraction, Fraction]:
    """Give for each mark the share of people below it plus half of the people at it, between 0 and 1."""
    reached = accumulate(form.counts, initial=0)
    return {
        Fraction(mark, form.denominator): Fraction(2 * below + count, 2 * form.people)
        for mark, count, below in zip(form.marks, form.counts, reached, strict=False)
    }


def equipercentile(x: Frequencies, y: Frequencies, step: Fraction = Fraction(1)) -> Conversion:
    """Give each mark of form X the point of form Y with the same percentile rank.

    A percentile rank counts those below and half of those at a mark: people with a mark are taken to lie
    evenly within half a `step` of it. Where a stretch of form Y has nobody, so that many points have the
    rank, the middle of the stretch is taken; at ranks of 0 and 1 the stretch ends half a step outside the
    lowest or highest mark of the table. Marks without people belong into the table with a count of 0 where
    they can occur. Reproduces the published conversion of the ACT mathematics forms (their table 2.7).
    """
    scale = _Scale.of(y, step, "Y")
    _Scale.of(x, step, "X")
    ranks = percentile_ranks(x)
    return Conversion("equipercentile", tuple(ranks), tuple(_point(rank, scale) for rank in ranks.values()))


def _point(rank: Fraction, scale: _Scale) -> Fraction:
    """Find the middle of the points of a scale that have a percentile rank."""
    people = rank * scale.reached[-1]
    return (_lowest_point(people, scale) + _highest_point(people, scale)) / 2


def _lowest_point(people: Fraction, scale: _Scale) -> Fraction:
    """Find where the number of people below first reaches a number."""
    if people == 0:
        return scale.edge(-1)
    place = next(place for place, reached in enumerate(scale.reached) if reached >= people)
    return _inside(people, place, scale)


def _highest_point(people: Fraction, scale: _Scale) -> Fraction:
    """Find from where on the number of people below exceeds a number."""
    place = next((place for place, reached in enumerate(scale.reached) if reached > people), None)
    return scale.edge(len(scale.counts) - 1) if place is None else _inside(people, place, scale)


def _inside(people: Fraction, place: int, scale: _Scale) -> Fraction:
    missing = (scale.reached[place] - people) / scale.counts[place]
    return scale.edge(place) - missing * scale.step
