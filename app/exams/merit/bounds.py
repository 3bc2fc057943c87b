"""Prove when a rulebook is loaded that its totals fit into machine words, so that no list can overflow."""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from app.exams.merit.components import Component, Total, counted, highest, parts_of
from app.exams.merit.exact import LIMIT
from app.exams.merit.reading import Node


def check_width(root: Node, components: tuple[Component, ...], total: Total) -> None:
    """Refuse a rulebook whose total needs more than 62 bits over its common denominator.

    Parts whose maximum follows from an answer key are checked when the key is known.
    """
    parts = parts_of(components, "")
    scale = total.scale if total.method == "weighted" else highest(total.method, total.best, parts)
    common = _whole(components, total.method, parts, scale)
    if common is not None and scale is not None and scale * common >= LIMIT:
        text = f"The total out of {scale} over the common denominator {common} needs more than 62 bits"
        root.fault(f"{text}; round a component or use plainer weights.", "total")


def _whole(
    components: tuple[Component, ...], method: str, parts: Sequence[Component], scale: Fraction | None
) -> int | None:
    """Give the denominator of a whole, None when a part's maximum is not known."""
    common, parts = 1, counted(parts)
    factors = sum((part.factor for part in parts), Fraction(0))
    for part in parts:
        own, maximum = _part(components, part), _top(components, part)
        factor = part.factor / factors if method == "mean" else part.factor
        if method == "weighted":
            if maximum is None or not maximum or part.weight is None or scale is None:
                return None
            factor = part.weight / 100 * scale / maximum
        if own is None:
            return None
        common = lcm(common, own // gcd(own, factor.numerator) * factor.denominator)
    return common


def _top(components: tuple[Component, ...], part: Component) -> Fraction | None:
    """Give the highest mark of a part, None where it is not known."""
    declared = part.out_of if part.out_of is not None else part.maximum
    if declared is None and part.kind == "composite":
        return highest(part.method, part.best, parts_of(components, part.name))
    return declared


def _part(components: tuple[Component, ...], part: Component) -> int | None:
    """Give the denominator of a component's value."""
    if part.rounding is not None:
        return int(10**part.rounding.places)
    if part.table is not None:
        return lcm(1, *(Fraction(value).denominator for value in part.table.values))
    if part.normalise is not None:
        return int(10**part.normalise.rounding.places)
    if part.kind == "composite":
        inner = parts_of(components, part.name)
        maximum = part.maximum if part.maximum is not None else highest(part.method, part.best, inner)
        return _whole(components, part.method, inner, maximum)
    if part.kind == "copy":
        return _part(components, next(one for one in components if one.name == part.marks_of))
    if part.panel is not None:
        return int(10**part.panel.rounding.places)
    return int(10**part.places) if part.kind == "mark" else None
