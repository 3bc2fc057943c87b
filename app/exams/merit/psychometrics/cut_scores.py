"""Cut scores set by judges: the modified Angoff method.

Angoff in Thorndike (ed.), Educational Measurement, second edition (1971), 508-600; modified in that judges
state a probability for each item instead of yes or no.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import fraction
from app.exams.merit.statistics import root

Share = int | str | Fraction


@dataclass(frozen=True, slots=True)
class Angoff:
    """A cut score in marks and how far the judges agree on it.

    `judge_cuts` are the marks each judge expects of a barely qualified person, `cut` their mean, `deviation`
    their standard deviation over n - 1 and `error` the standard error of the cut, deviation / root(n).
    `item_means` and `item_deviations` show on which items judges differ.
    """

    judges: int
    items: int
    judge_cuts: tuple[Fraction, ...]
    cut: Fraction
    deviation: Fraction
    error: Fraction
    item_means: tuple[Fraction, ...]
    item_deviations: tuple[Fraction, ...]


def angoff(ratings: Sequence[Sequence[Share]], worth: Sequence[int | str | Fraction] | None = None) -> Angoff:
    """Compute the cut from one row for each judge: the chance that a barely qualified person gets each item.

    Chances lie between 0 and 1. `worth` gives the marks of each item, 1 where it is left out.
    """
    if len(ratings) < 2 or not ratings[0]:
        raise InputError("ratings", "there must be at least two judges and one item.")
    marks = [fraction(mark) for mark in worth] if worth is not None else [Fraction(1)] * len(ratings[0])
    table = [_judge(judge, row, len(marks)) for judge, row in enumerate(ratings, start=1)]
    cuts = [sum((share * mark for share, mark in zip(row, marks, strict=True)), Fraction(0)) for row in table]
    columns = list(zip(*table, strict=True))
    deviation = _deviation(cuts)
    return Angoff(
        judges=len(table),
        items=len(marks),
        judge_cuts=tuple(cuts),
        cut=_mean(cuts),
        deviation=deviation,
        error=deviation / root(Fraction(len(cuts))),
        item_means=tuple(_mean(column) for column in columns),
        item_deviations=tuple(_deviation(column) for column in columns),
    )


def _judge(judge: int, row: Sequence[Share], items: int) -> list[Fraction]:
    if len(row) != items:
        raise InputError("ratings", f"it has {len(row)} ratings for {items} items.", row=f"judge {judge}")
    shares = []
    for item, given in enumerate(row, start=1):
        try:
            share = fraction(given)
        except MeritError as error:
            raise InputError("ratings", str(error), row=f"judge {judge}", column=f"item {item}") from error
        if not 0 <= share <= 1:
            text = f"{given} is no chance between 0 and 1."
            raise InputError("ratings", text, row=f"judge {judge}", column=f"item {item}")
        shares.append(share)
    return shares


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _deviation(values: Sequence[Fraction]) -> Fraction:
    mean = _mean(values)
    return root(sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1))
