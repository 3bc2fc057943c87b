"""Categories: numbers from 0 for the best, one more than the last for nobody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import ibis

from app.exams.proving.inputs import NotProvable
from app.exams.proving.normalising import DIGITS
from app.exams.proving.rounding import to_places
from app.exams.proving.worksheet import Amount, Counts, Expression, Worksheet, whole

if TYPE_CHECKING:
    from app.exams.merit.bands import Bands


def by_mark(sheet: Worksheet, bands: Bands, value: Amount) -> Expression:
    """Put everybody into the best category whose lowest mark they have."""
    place: Expression = whole(len(bands.categories))
    for number, category in reversed(list(enumerate(bands.categories))):
        if category.least is not None:
            place = sheet.add(ibis.ifelse(value.at_least(category.least), whole(number), place))
    return place


def by_name(bands: Bands, names: Sequence[Any]) -> list[int]:
    """Turn the categories that raters gave into numbers; None is outside of all."""
    known: dict[Any, int] = {category.name: number for number, category in enumerate(bands.categories)}
    unknown = [name for name in names if name is not None and name not in known]
    if unknown:
        raise NotProvable(f"{unknown[0]!r} is no category.")
    return [known.get(name, len(known)) for name in names]


def by_error(sheet: Worksheet, bands: Bands, total: Amount, facts: Mapping[str, Any]) -> Expression:
    """Make bands from the top, each as wide as the error of a difference."""
    width = _width(bands, facts)
    sheet.settle()
    counts = sheet.count(total.value)
    table: Counts = {}
    band, best = -1, None
    for session, unit in sorted(counts, reverse=True):
        if best is None or Fraction(best - unit, total.denominator) > width:
            band, best = band + 1, unit
        table[session, unit] = band
    return sheet.look_up(total.value, table)


def _width(bands: Bands, facts: Mapping[str, Any]) -> Fraction:
    """Give confidence x root 2 x deviation x root (1 - reliability), half up to the declared decimals."""
    deviation, reliability = (
        Fraction(facts[name] if own is None else own)
        for name, own in (("deviation", bands.deviation), ("reliability", bands.reliability))
    )
    square = 2 * (1 - reliability) * (bands.confidence * deviation) ** 2
    exact = DIGITS.sqrt(DIGITS.divide(Decimal(square.numerator), Decimal(square.denominator)))
    return Fraction(to_places(Fraction(exact), bands.places, "half-up"), 10**bands.places)
