"""How ratings become a mark, and what a rating must be before it is submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.exams import merit
from app.exams.assignments.states import Turn
from app.exams.merit.components import Component
from app.exams.merit.panels import Panel as Resolution
from app.platform.errors import Invalid
from app.platform.sentences import Sentence, say, say_count

LONGEST_NOTE = 2000
T_SCORE = "t-score"
METHODS = {
    "mean": say("The mark is the mean of the ratings."),
    "median": say("The mark is the middle rating."),
    "trimmed-mean": say(
        "The highest and lowest ratings are dropped, and the mark is the mean of the others."
    ),
    "sum": say("The mark is the sum of the ratings."),
    "t-score": say(
        "Each rater is first brought to the same mean and spread, and the mark is the mean of what results."
    ),
}


@dataclass(frozen=True, slots=True)
class Given:
    """One submitted rating: of whom, by whom, its points in units of 1/denominator."""

    script: str
    rater: str
    points: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class Settled:
    """The marks that follow, by script, and the scripts whose raters disagree so that another is needed."""

    marks: Mapping[str, Fraction]
    disputed: frozenset[str]


def as_mark(points: int, whole: int, maximum: Fraction) -> Fraction:
    """Give points of a scale as marks of the component: exactly, in proportion."""
    return Fraction(points, whole) * maximum


def settle(book: merit.Rulebook, component: str, given: Sequence[Given], *, whole: int) -> Settled:
    """Bring the ratings to marks by the rulebook's rule; whoever waits for a further rater is disputed."""
    part = part_of(book, component)
    resolution, maximum = resolution_of(book, component), part.maximum or Fraction(100)
    rated = merit.rate(
        book,
        component,
        [
            merit.Rating(
                one.script, one.rater, as_mark(one.points, whole, maximum), further=one.turn is Turn.FURTHER
            )
            for one in given
        ],
    )
    first: dict[str, int] = {}
    for one in given:
        first[one.script] = first.get(one.script, 0) + (one.turn is Turn.FIRST)
    return Settled(
        rated.marks, frozenset(script for script in rated.waiting if first[script] >= resolution.raters)
    )


def round_mark(part: Component, mark: Fraction) -> Fraction:
    """Round a mark given from outside to the decimals that the rulebook lets it have."""
    return merit.round_fraction(mark, merit.Rounding(part.places))


def part_of(book: merit.Rulebook, code: str) -> Component:
    """Give a component of the rulebook as it is written there."""
    return next(part for part in book.components if part.name == code)


def resolution_of(book: merit.Rulebook, code: str) -> Resolution:
    """Give the rulebook's rule for several ratings; there must be one."""
    found = part_of(book, code).panel
    if found is None:
        raise LookupError(f"The rulebook names no panel for {code}.")
    return found


def sentences(book: merit.Rulebook, code: str) -> list[Sentence]:
    """Say how ratings become a mark, and when another rater is called in."""
    rule = part_of(book, code).panel
    if rule is None:
        return [say("One person rates and another confirms; the mark is what both stand for.")]
    alone = say_count("%(count)s person rates, alone.", "%(count)s people rate, each alone.", rule.raters)
    said = [alone, METHODS[rule.method]]
    if rule.tolerance is not None:
        said.append(_further(rule.further, merit.plain(rule.tolerance)))
    return said


def _further(further: str, marks: str) -> Sentence:
    if further == "closest-two":
        return say(
            "When the first ratings lie more than %(marks)s apart, another rater is called in, and the mean"
            " of the two nearest ratings counts; of two equal gaps the higher pair.",
            marks=marks,
        )
    if further == "further-alone":
        return say(
            "When the first ratings lie more than %(marks)s apart, another rater is called in, and that"
            " rating alone counts.",
            marks=marks,
        )
    return say(
        "When the first ratings lie more than %(marks)s apart, another rater is called in, and the mean of"
        " all ratings counts.",
        marks=marks,
    )


def check_mark(units: int | None, maximum: int, denominator: int, field: str) -> int:
    """Give the units of a mark, or raise Invalid at its field."""
    if units is None:
        raise Invalid(**{field: "Enter a mark."})
    if not 0 <= units <= maximum:
        highest = merit.plain(Fraction(maximum, denominator))
        raise Invalid(**{field: f"Enter a mark from 0 to {highest}."})
    return units
